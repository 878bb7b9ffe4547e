// How the client finds the server: the start lines and docs/serve.md, pasted as they stand; also over TLS.
'use strict'

const assert = require('node:assert/strict')
const { execFile } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')
const { ROOT, serve } = require('./serving.js')

const SHOW = 'client.crm.tickets.basicApi.getPage().then((page) => console.log(page.results.length), (e) => console.log(e.code))'

// What a script prints in a Node of its own.
function printed(script, environment = {}) {
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script], { env: { ...process.env, ...environment } }, (_, out) => resolve(out.trim()))
  })
}

function pasted(served) {
  const first = served.told.findIndex((line) => line.startsWith('  Node '))
  return served.told.slice(first, first + 2).map((line) => line.slice(10)).join('\n')
}

test('the start lines and the docs work as they stand', async () => {
  const served = await serve()
  try {
    await served.control('POST', 'seed', { tickets: [{ subject: 'The kettle leaks' }] })
    const docs = fs.readFileSync(path.join(ROOT, 'docs/serve.md'), 'utf8')
    const [, block] = /```js\n(.*?)```/s.exec(docs)
    for (const script of [pasted(served), block.replace('http://127.0.0.1:8080', served.address)]) {
      assert.equal(await printed(`${script}\n${SHOW}`), '1')
    }
    assert.deepEqual(await served.asked(), Array(2).fill('GET /crm/v3/objects/tickets 200'))
  } finally {
    await served.end()
  }
})

test('over TLS they work where the environment is as the start lines say, and nowhere else', async () => {
  const served = await serve('--tls')
  try {
    const [, trusted] = /NODE_EXTRA_CA_CERTS=(\S+) \(Node\)/.exec(served.told.join('\n'))
    const script = `${pasted(served)}\n${SHOW}`
    assert.match(served.address, /^https:/)
    assert.equal(await printed(script, { NODE_EXTRA_CA_CERTS: trusted }), '0')
    assert.equal(await printed(script), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    const request = `${pasted(served)}\nclient.apiRequest({path: '/crm/v3/objects/tickets'}).then((a) => console.log(a.status))`
    assert.equal(await printed(request, { NODE_EXTRA_CA_CERTS: trusted }), '200')
  } finally {
    await served.end()
  }
})
