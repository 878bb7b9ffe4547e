// Search and associations: HubSpot's Node client filters, sorts, pages, and links records.
'use strict'

const assert = require('node:assert/strict')
const { after, before, beforeEach, test } = require('node:test')
const { BATCH, serveAtNine, shown, ticket } = require('./serving.js')

const [CONTACT, COMPANY, FIRST, SECOND] = ['51000001', '72000001', '90000001', '90000002']
const [TO_CONTACT, FROM_CONTACT, TO_COMPANY, PRIMARY] = [16, 15, 339, 26]
const spec = (associationTypeId) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId })
const kind = (typeId, label) => ({ category: 'HUBSPOT_DEFINED', typeId, ...(label && { label }) })

let served, crm, links
before(async () => {
  served = await serveAtNine()
})
beforeEach(async () => {
  await served.reset()
  crm = served.client().crm
  links = crm.associations.v4
  const stages = { A: '1', B: '2', C: '4', D: '1', E: '4' }
  const inputs = Object.entries(stages).map(([subject, hs_pipeline_stage]) => ({
    properties: { subject, hs_pipeline_stage, ...(subject === 'A' && { hs_ticket_priority: 'HIGH' }) },
    associations: [],
  }))
  await crm.tickets.batchApi.create({ inputs })
})
after(() => served.end())

const search = (filters, more = {}) =>
  crm.tickets.searchApi.doSearch({ filterGroups: filters.length ? [{ filters }] : [], properties: ['subject'], ...more })
const subjects = (answer) => answer.results.map((record) => record.properties.subject).join('')

for (const [filter, found] of [
  [{ propertyName: 'hs_pipeline_stage', operator: 'EQ', value: '1' }, 'AD'],
  [{ propertyName: 'hs_pipeline_stage', operator: 'NEQ', value: '1' }, 'BCE'],
  [{ propertyName: 'hs_pipeline_stage', operator: 'IN', values: ['2', '4'] }, 'BCE'],
  [{ propertyName: 'hs_ticket_priority', operator: 'NOT_HAS_PROPERTY' }, 'BCDE'],
  [{ propertyName: 'hs_object_id', operator: 'BETWEEN', value: '90000002', highValue: '90000003' }, 'BC'],
]) {
  test(`a search finds what ${filter.operator} says`, async () => {
    const answer = await search([filter], { sorts: ['subject'] })
    assert.deepEqual([subjects(answer), answer.total], [found, found.length])
  })
}

test('a search shows whole records', async () => {
  const answer = await search([{ propertyName: 'subject', operator: 'EQ', value: 'B' }])
  assert.deepEqual(shown(answer), { total: 1, results: [ticket(2, { subject: 'B' })] })
})

test('results are sorted and paged', async () => {
  let seen = ''
  for (let at = '0'; at !== undefined; ) {
    const page = await search([], { sorts: ['-subject'], limit: 2, after: at })
    seen += subjects(page)
    at = page.paging?.next?.after
  }
  assert.equal(seen, 'EDCBA')
})

test('a search for a property nobody has is a 400', async () => {
  await assert.rejects(search([{ propertyName: 'nope', operator: 'EQ', value: '1' }]), (error) => {
    assert.deepEqual([error.code, error.body.errors[0].code], [400, 'PROPERTY_DOESNT_EXIST'])
    return true
  })
})

test('a default link is made, seen from both ends, and archived', async () => {
  const made = await links.basicApi.createDefault('tickets', FIRST, 'contacts', CONTACT)
  const both = [
    { _from: { id: FIRST }, to: { id: CONTACT }, associationSpec: spec(TO_CONTACT) },
    { _from: { id: CONTACT }, to: { id: FIRST }, associationSpec: spec(FROM_CONTACT) },
  ]
  assert.deepEqual(shown(made), { ...BATCH, results: both })
  const there = await links.basicApi.getPage('contacts', CONTACT, 'tickets')
  assert.deepEqual(shown(there), { results: [{ toObjectId: FIRST, associationTypes: [kind(FROM_CONTACT)] }] })
  await links.basicApi.archive('tickets', FIRST, 'contacts', CONTACT)
  assert.deepEqual(shown(await links.basicApi.getPage('contacts', CONTACT, 'tickets')), { results: [] })
})

test('a labelled link brings the plain one', async () => {
  const made = await links.basicApi.create('tickets', FIRST, 'companies', COMPANY, [spec(PRIMARY)])
  const ends = { fromObjectTypeId: '0-5', fromObjectId: FIRST, toObjectTypeId: '0-2', toObjectId: COMPANY }
  assert.deepEqual(shown(made), { ...ends, labels: ['Primary'] })
  const there = await links.basicApi.getPage('tickets', FIRST, 'companies')
  const associationTypes = [kind(TO_COMPANY), kind(PRIMARY, 'Primary')]
  assert.deepEqual(shown(there), { results: [{ toObjectId: COMPANY, associationTypes }] })
})

test('batches of links are made and read, and show what failed', async () => {
  const inputs = [FIRST, '7'].map((id) => ({ _from: { id }, to: { id: CONTACT }, types: [spec(TO_CONTACT)] }))
  const made = await links.batchApi.create('tickets', 'contacts', { inputs })
  assert.deepEqual([made.results.length, made.numErrors, made.errors[0].context], [1, 1, { id: ['7'] }])
  const read = await links.batchApi.getPage('tickets', 'contacts', { inputs: [{ id: FIRST }, { id: SECOND }] })
  const to = [{ toObjectId: CONTACT, associationTypes: [kind(TO_CONTACT)] }]
  assert.deepEqual(shown(read.results), [{ _from: { id: FIRST }, to }])
  assert.deepEqual([read.numErrors, read.errors[0].context.fromObjectId], [1, [SECOND]])
  const both = [FIRST, SECOND].map((id) => ({ _from: { id }, to: { id: CONTACT } }))
  const defaults = await links.batchApi.createDefault('tickets', 'contacts', { inputs: both })
  assert.equal(defaults.results.length, 4)
  const gone = [FIRST, SECOND].map((id) => ({ _from: { id }, to: [{ id: CONTACT }] }))
  await links.batchApi.archive('tickets', 'contacts', { inputs: gone })
  assert.deepEqual(shown(await links.basicApi.getPage('contacts', CONTACT, 'tickets')), { results: [] })
})
