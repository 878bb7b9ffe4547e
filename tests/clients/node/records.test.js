// Records and batches: HubSpot's Node client makes, reads, changes, archives, lists and merges them.
'use strict'

const assert = require('node:assert/strict')
const { after, before, beforeEach, test } = require('node:test')
const { BATCH, MOMENT, NINE, STAMPS, newTicket, serveAtNine, shown, ticket } = require('./serving.js')

const CONTACT = '51000001'
const LOST = 'Could not get some TICKET objects, they may be deleted or not exist. Check that ids are valid.'
const link = (id, associationTypeId) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
})
const lost = (...ids) => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  message: LOST,
  errors: [],
  context: { ids },
  links: {},
})

let served, crm
before(async () => {
  served = await serveAtNine()
})
beforeEach(async () => {
  await served.reset()
  crm = served.client().crm
})
after(() => served.end())

const KINDS = [
  {
    name: 'tickets',
    part: () => crm.tickets,
    id: '90000001',
    made: { subject: 'The kettle leaks', hs_pipeline_stage: '1' },
    changed: { subject: 'It does not' },
    stamps: { createdate: NINE, hs_lastmodifieddate: NINE },
    also: { hs_pipeline: '0', hs_is_closed: 'false' },
  },
  {
    name: 'contacts',
    part: () => crm.contacts,
    id: '51000002',
    made: { firstname: 'Visitor', email: 'visitor-13@example.org' },
    changed: { firstname: 'Thirteen' },
    stamps: { createdate: NINE, lastmodifieddate: NINE },
  },
  {
    name: 'companies',
    part: () => crm.companies,
    id: '72000002',
    made: { name: 'Mugs', domain: 'mugs.example.org' },
    changed: { name: 'Mugs and more' },
    stamps: { createdate: NINE, hs_lastmodifieddate: NINE },
  },
  {
    name: 'notes',
    part: () => crm.objects.notes,
    id: '38000001',
    made: { hs_note_body: 'She called', hs_timestamp: '2026-03-02T08:00:00Z' },
    changed: { hs_note_body: 'She called twice' },
    stamps: { hs_createdate: NINE, hs_lastmodifieddate: NINE },
  },
]

for (const kind of KINDS) {
  test(`${kind.name} are made, read with their history, changed and archived`, async () => {
    const api = kind.part().basicApi
    const always = { ...kind.stamps, hs_object_id: kind.id }
    const [name] = Object.keys(kind.made)
    const made = await api.create({ properties: kind.made, associations: [] })
    assert.deepEqual(shown(made), { id: kind.id, properties: { ...always, ...kind.also, ...kind.made }, ...STAMPS })
    const changed = await api.update(kind.id, { properties: kind.changed })
    assert.equal(changed.properties[name], kind.changed[name])
    const values = [kind.changed[name], kind.made[name]]
    assert.deepEqual(shown(await api.getById(kind.id, [name], [name])), {
      id: kind.id,
      properties: { ...always, ...kind.changed },
      propertiesWithHistory: {
        [name]: values.map((value) => ({ value, timestamp: MOMENT, sourceType: 'INTEGRATION' })),
      },
      ...STAMPS,
    })
    await api.archive(kind.id)
    await assert.rejects(api.getById(kind.id), { code: 404 })
    const found = await api.getById(kind.id, undefined, undefined, undefined, true)
    assert.deepEqual([found.archived, found.archivedAt], [true, MOMENT])
  })
}

test('a ticket made with its links shows them, from both ends', async () => {
  const properties = { subject: 'A', hs_pipeline_stage: '1' }
  const { id } = await crm.tickets.basicApi.create({ properties, associations: [link(CONTACT, 16)] })
  const read = await crm.tickets.basicApi.getById(id, undefined, undefined, ['contacts'])
  assert.deepEqual(shown(read.associations), { contacts: { results: [{ id: CONTACT, type: 'ticket_to_contact' }] } })
  const person = await crm.contacts.basicApi.getById(CONTACT, undefined, undefined, ['tickets'])
  assert.deepEqual(shown(person.associations), { tickets: { results: [{ id, type: 'contact_to_ticket' }] } })
})

test('getAll follows the cursors to the end', async () => {
  await served.control('POST', 'seed', { tickets: [{ subject: 'Question {n}', repeat: 205 }] })
  const found = await crm.tickets.getAll(undefined, undefined, ['subject'])
  const subjects = Array.from({ length: 205 }, (_, n) => `Question ${n + 1}`)
  assert.deepEqual(found.map((record) => record.properties.subject), subjects)
  assert.deepEqual(await served.asked(), Array(3).fill('GET /crm/v3/objects/tickets 200'))
})

test('merged tickets answer to both ids', async () => {
  const api = crm.tickets.basicApi
  for (const subject of ['A', 'B']) {
    await api.create({ properties: { subject, hs_pipeline_stage: '1' }, associations: [] })
  }
  const { id } = await api.merge({ primaryObjectId: '90000001', objectIdToMerge: '90000002' })
  const both = await Promise.all(['90000001', '90000002'].map((one) => api.getById(one)))
  assert.deepEqual(both.map((record) => record.id), [id, id])
})

test('batches are made, read, changed, upserted and archived, and show what failed', async () => {
  const api = crm.tickets.batchApi
  const numbered = (n) => ({ subject: `Q${n}`, hs_pipeline_stage: '1', order_number: `A-${n}` })
  const inputs = [1, 2, 3].map((n) => ({ properties: numbered(n), associations: [] }))
  const results = [1, 2, 3].map((n) => newTicket(n, numbered(n)))
  assert.deepEqual(shown(await api.create({ inputs })), { ...BATCH, results })

  const asked = { properties: ['subject'], propertiesWithHistory: [] }
  const read = await api.read({ ...asked, inputs: [{ id: '90000001' }, { id: '7' }] })
  const first = ticket(1, { subject: 'Q1' })
  assert.deepEqual(shown(read), { ...BATCH, results: [first], numErrors: 1, errors: [lost('7')] })
  const byNumber = await api.read({ ...asked, idProperty: 'order_number', inputs: [{ id: 'A-1' }] })
  assert.deepEqual(shown(byNumber), { ...BATCH, results: [first] })

  const changes = ['90000002', '7'].map((id) => ({ id, properties: { subject: 'X' } }))
  const changed = await api.update({ inputs: changes })
  const second = newTicket(2, { subject: 'X' })
  assert.deepEqual(shown(changed), { ...BATCH, results: [second], numErrors: 1, errors: [lost('7')] })

  const upserts = [
    { id: 'A-3', idProperty: 'order_number', properties: { subject: 'Y' } },
    { id: 'A-4', idProperty: 'order_number', properties: { subject: 'Z', hs_pipeline_stage: '1' } },
  ]
  assert.deepEqual(shown(await api.upsert({ inputs: upserts })), {
    ...BATCH,
    results: [
      { ...newTicket(3, { subject: 'Y' }), _new: false },
      { ...newTicket(4, { subject: 'Z' }), _new: true },
    ],
  })

  await api.archive({ inputs: [{ id: '90000001' }, { id: '90000002' }] })
  const left = await crm.tickets.getAll()
  assert.deepEqual(left.map((record) => record.id), ['90000003', '90000004'])
})
