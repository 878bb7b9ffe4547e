// Settings, and what the client has no methods for: properties, pipelines, owners, single-send, threads, flows.
'use strict'

const assert = require('node:assert/strict')
const { after, before, beforeEach, test } = require('node:test')
const { BATCH, MOMENT, SEED, serve, serveAtNine, shown } = require('./serving.js')

const THREADS = '/conversations/v3/conversations/threads'
const FLOWS = '/automation/v4/flows'
const FLOW = {
  name: 'Closed chats',
  type: 'PLATFORM_FLOW',
  flowType: 'WORKFLOW',
  objectTypeId: '0-5',
  isEnabled: true,
  startActionId: '1',
  actions: [],
  blockedDates: [],
  customProperties: {},
  timeWindows: [],
  dataSources: [],
}

let served, client
before(async () => {
  served = await serveAtNine()
})
beforeEach(async () => {
  await served.reset()
  client = served.client()
})
after(() => served.end())

async function called(hubspot, method, path, body, qs) {
  const answer = await hubspot.apiRequest({ method, path, body, qs })
  const text = await answer.text()
  return [answer.status, text ? JSON.parse(text) : undefined]
}

test('a property is made, changed, read in a batch and archived', async () => {
  const { coreApi, batchApi } = client.crm.properties
  const options = [{ label: 'Chat', value: 'chat', displayOrder: 0, hidden: false }]
  const told = { name: 'channel_kind', label: 'Channel', type: 'enumeration', fieldType: 'select', options }
  const made = await coreApi.create('tickets', { ...told, groupName: 'ticketinformation' })
  assert.deepEqual(shown(made.options), [{ ...options[0], description: '' }])
  await assert.rejects(coreApi.create('tickets', { ...told, groupName: 'ticketinformation' }), { code: 409 })
  assert.equal((await coreApi.update('tickets', 'channel_kind', { label: 'Kind' })).label, 'Kind')
  const inputs = [{ name: 'channel_kind' }, { name: 'nope' }]
  const read = await batchApi.read('tickets', { archived: false, inputs })
  assert.deepEqual([read.results[0].label, read.numErrors, read.errors[0].context], ['Kind', 1, { name: ['nope'] }])
  await coreApi.archive('tickets', 'channel_kind')
  await assert.rejects(coreApi.getByName('tickets', 'channel_kind'), { code: 404 })
})

test('a pipeline is made with its stages, changed and archived', async () => {
  const api = client.crm.pipelines.pipelinesApi
  const stages = [{ label: 'Open', displayOrder: 0, metadata: { ticketState: 'OPEN' } }]
  stages.push({ label: 'Done', displayOrder: 1, metadata: { ticketState: 'CLOSED' } })
  const made = await api.create('tickets', { label: 'Returns', displayOrder: 1, stages })
  const seen = made.stages.map((stage) => [stage.id, stage.label, stage.metadata])
  assert.deepEqual([made.id, seen], [
    '1',
    [
      ['5', 'Open', { ticketState: 'OPEN', isClosed: 'false' }],
      ['6', 'Done', { ticketState: 'CLOSED', isClosed: 'true' }],
    ],
  ])
  assert.equal((await api.update('tickets', '1', { label: 'Money back' })).label, 'Money back')
  await api.archive('tickets', '1')
  assert.deepEqual((await api.getAll('tickets')).results.map((one) => one.id), ['0'])
})

test('owners are read', async () => {
  const ann = {
    id: '60000001',
    type: 'PERSON',
    email: 'ann@example.org',
    firstName: 'Ann',
    lastName: '',
    userId: 2000001,
    userIdIncludingInactive: 2000001,
    createdAt: MOMENT,
    updatedAt: MOMENT,
    archived: false,
  }
  assert.deepEqual(shown(await client.crm.owners.ownersApi.getPage()), { results: [ann] })
  assert.deepEqual(shown(await client.crm.owners.ownersApi.getById(60000001)), ann)
})

test('an e-mail is sent once', async () => {
  const message = { to: 'visitor-13@example.org', sendId: 'ticket-1' }
  const told = { emailId: 7, message, customProperties: { ticket: '1' }, contactProperties: {} }
  const api = client.marketing.transactional.singleSendApi
  const { statusId, ...first } = shown(await api.sendEmail(told))
  assert.deepEqual([typeof statusId, first], ['string', { status: 'PENDING', requestedAt: MOMENT }])
  assert.equal((await api.sendEmail(told)).sendResult, 'IDEMPOTENT_IGNORE')
})

test('threads are listed, paged, reopened and commented', async () => {
  const [status, listed] = await called(client, 'GET', THREADS, undefined, { associatedContactId: '51000001', threadStatus: 'CLOSED' })
  assert.deepEqual([status, listed.results.map((one) => [one.id, one.closedAt])], [200, [['8000000001', '2026-03-02T08:01:00Z']]])
  const path = `${THREADS}/8000000001`
  const [, page] = await called(client, 'GET', `${path}/messages`, undefined, { limit: 2 })
  const [, rest] = await called(client, 'GET', `${path}/messages`, undefined, { limit: 2, after: page.paging.next.after })
  assert.deepEqual([...page.results, ...rest.results].map((one) => one.text), [undefined, 'I am looking into it.', 'The kettle leaks.'])
  const [, opened] = await called(client, 'PATCH', path, { status: 'OPEN' })
  assert.deepEqual([opened.status, opened.closedAt], ['OPEN', undefined])
  const [, comment] = await called(client, 'POST', `${path}/messages`, { type: 'COMMENT', text: 'Seen', richText: 'Seen' })
  const [, messages] = await called(client, 'GET', `${path}/messages`)
  assert.deepEqual(messages.results[0], comment)
})

test('a flow is made, replaced under its revision, and deleted', async () => {
  const own = await serve('--seed', SEED)
  try {
    const hubspot = own.client()
    const [, made] = await called(hubspot, 'POST', FLOWS, FLOW)
    const path = `${FLOWS}/${made.id}`
    await own.control('POST', 'clock', { advance: 3600 })
    assert.deepEqual(await called(hubspot, 'GET', path), [200, { ...made, crmObjectCreationStatus: 'COMPLETE' }])
    const told = { ...FLOW, name: 'Open chats', revisionId: made.revisionId }
    const [, changed] = await called(hubspot, 'PUT', path, told)
    assert.deepEqual([changed.name, changed.revisionId], ['Open chats', '2'])
    const [refused] = await called(hubspot, 'PUT', path, told)
    assert.ok(refused >= 400 && refused < 500)
    assert.deepEqual(await called(hubspot, 'DELETE', path), [204, undefined])
    assert.deepEqual(await called(hubspot, 'GET', FLOWS), [200, { results: [] }])
  } finally {
    await own.end()
  }
})

test('a batch shows when it began and ended', async () => {
  const { status, startedAt, completedAt } = await client.crm.tickets.batchApi.read({ inputs: [{ id: '7' }], properties: [], propertiesWithHistory: [] })
  assert.deepEqual({ status, startedAt, completedAt }, BATCH)
})
