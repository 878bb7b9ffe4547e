// Refusals and bad weather: what HubSpot's Node client rejects with, what it repeats, and how long it waits.
'use strict'

const assert = require('node:assert/strict')
const { after, before, beforeEach, mock, test } = require('node:test')
const { serve, serveAtNine } = require('./serving.js')

const [GET, POST] = ['GET /crm/v3/objects/tickets', 'POST /crm/v3/objects/tickets']
const TICKET = { properties: { subject: 'The kettle leaks', hs_pipeline_stage: '1' }, associations: [] }

let served, client
before(async () => {
  served = await serveAtNine()
  mock.method(console, 'error', () => {}) // the client says there that it will retry
})
beforeEach(async () => {
  await served.reset()
  client = served.client()
})
after(() => served.end())

async function refused(promise) {
  const error = await promise.then(assert.fail, (reason) => reason)
  assert.equal(error.body?.correlationId, error.headers?.['x-hubspot-correlation-id'])
  return [error.code, error.body?.category, error]
}

// What the client waits for is noted, and is over at once; others' timers are let be.
function waits(t, meanwhile = async () => {}) {
  const noted = []
  const real = globalThis.setTimeout
  t.mock.method(globalThis, 'setTimeout', (call, milliseconds, ...rest) => {
    if (!new Error('whose').stack.includes('RetryDecorator')) return real(call, milliseconds, ...rest)
    noted.push(milliseconds)
    return meanwhile(milliseconds).then(call)
  })
  return noted
}

for (const [what, accessToken, category] of [
  ['unknown', 'local-nobody', 'INVALID_AUTHENTICATION'],
  ['expired', 'local-expired', 'EXPIRED_AUTHENTICATION'],
  ['real', 'pat-eu1-00000000-0000-0000-0000-000000000000', 'INVALID_AUTHENTICATION'],
]) {
  test(`a token that is ${what} is a 401`, async () => {
    const [code, found] = await refused(served.client({ accessToken }).crm.tickets.getAll())
    assert.deepEqual([code, found], [401, category])
  })
}

test('a missing scope is a 403 that names it', async () => {
  const { crm } = served.client({ accessToken: 'local-tickets' })
  assert.deepEqual(await crm.tickets.getAll(), [])
  const [code, category, error] = await refused(crm.contacts.getAll())
  assert.deepEqual([code, category], [403, 'MISSING_SCOPES'])
  assert.deepEqual(error.body.errors[0].context, { requiredGranularScopes: ['crm.objects.contacts.read'] })
})

test('what is not there is a 404, what cannot be a 400, what is taken a 400 or a 409', async () => {
  const { tickets, contacts } = client.crm
  assert.deepEqual((await refused(tickets.basicApi.getById('7'))).slice(0, 2), [404, 'OBJECT_NOT_FOUND'])
  const odd = { ...TICKET, properties: { ...TICKET.properties, nope: '1', hs_ticket_priority: 'RED' } }
  const [code, category, error] = await refused(tickets.basicApi.create(odd))
  assert.deepEqual([code, category], [400, 'VALIDATION_ERROR'])
  assert.deepEqual(error.body.errors.map((one) => one.code), ['PROPERTY_DOESNT_EXIST', 'INVALID_OPTION'])
  const numbered = { ...TICKET, properties: { ...TICKET.properties, order_number: 'A-1' } }
  const { id } = await tickets.basicApi.create(numbered)
  const [, , taken] = await refused(tickets.basicApi.create(numbered))
  const context = { propertyName: ['order_number'], conflictingObjectId: [id] }
  assert.deepEqual([taken.code, taken.body.errors[0].code, taken.body.errors[0].context], [400, 'CONFLICTING_UNIQUE_VALUE', context])
  const again = { properties: { email: 'visitor-12@example.org' }, associations: [] }
  assert.deepEqual((await refused(contacts.basicApi.create(again))).slice(0, 2), [409, 'CONFLICT'])
})

test('a 429 is rejected with its body when no retries are asked for', async () => {
  await served.control('POST', 'weather', { kind: 'busy', times: 1 })
  const [code, category, error] = await refused(client.crm.tickets.getAll())
  assert.deepEqual([code, category, error.body.policyName], [429, 'RATE_LIMITS', 'TEN_SECONDLY_ROLLING'])
})

test('retries wait ten seconds and twenty, whatever Retry-After says, and repeat a POST too', async (t) => {
  const noted = waits(t)
  await served.control('POST', 'weather', { kind: 'busy', times: 2, retry_after: 1 })
  const { crm } = served.client({ numberOfApiCallRetries: 3 })
  await crm.tickets.basicApi.create(TICKET)
  assert.deepEqual(noted, [10_000, 20_000])
  assert.deepEqual(await served.asked(), [`${POST} 429`, `${POST} 429`, `${POST} 201`])
})

test('one retry is none: the number counts the calls', async (t) => {
  const noted = waits(t)
  await served.control('POST', 'weather', { kind: 'busy', times: 1 })
  const [code] = await refused(served.client({ numberOfApiCallRetries: 1 }).crm.tickets.getAll())
  assert.deepEqual([code, noted, await served.asked()], [429, [], [`${GET} 429`]])
})

test('the limit of ten seconds, and that of searches, is waited out', async (t) => {
  const own = await serve()
  try {
    await own.control('POST', 'reset', { limits: { burst: 5, searches: 2 } })
    await own.control('POST', 'clock', { running: false })
    const noted = waits(t, (milliseconds) => own.control('POST', 'clock', { advance: milliseconds / 1000 }))
    const { crm } = own.client({ accessToken: 'local-token-1', numberOfApiCallRetries: 3 })
    for (let call = 0; call < 6; call++) assert.deepEqual(await crm.tickets.getAll(), [])
    assert.deepEqual(noted, [10_000])
    for (let call = 0; call < 3; call++) assert.equal((await crm.tickets.searchApi.doSearch({})).total, 0)
    assert.deepEqual(noted, [10_000, 1_000])
  } finally {
    await own.end()
  }
})

test('a failure is repeated, and a write that was done before it is done twice', async (t) => {
  const noted = waits(t)
  await served.control('POST', 'weather', { kind: 'breaks', after_write: true, route: 'POST /crm' })
  await served.client({ numberOfApiCallRetries: 3 }).crm.tickets.basicApi.create(TICKET)
  assert.deepEqual([noted, (await client.crm.tickets.getAll()).length], [[200], 2])
})

for (const [weather, there] of [
  [{ kind: 'drops' }, 0],
  [{ kind: 'drops', after_write: true }, 1],
]) {
  test(`a lost connection is not repeated: ${JSON.stringify(weather)} leaves ${there}`, async () => {
    await served.control('POST', 'weather', { ...weather, route: 'POST /crm' })
    const { crm } = served.client({ numberOfApiCallRetries: 3 })
    await assert.rejects(crm.tickets.basicApi.create(TICKET), { name: 'FetchError' })
    assert.equal((await client.crm.tickets.getAll()).length, there)
  })
}

test('an answer that ends half-way is waited for after the connection is gone', async () => {
  await served.control('POST', 'weather', { kind: 'cuts', route: 'POST /crm' })
  let settled = false
  const settle = () => (settled = true)
  client.crm.tickets.basicApi.create(TICKET).then(settle, settle)
  while (!(await served.asked()).length);
  assert.deepEqual([(await client.crm.tickets.getAll()).length, settled], [1, false])
})
