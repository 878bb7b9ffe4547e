// A served portal for Node's tests: another process on a port of its own, told to end when the tests have.
'use strict'

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const path = require('node:path')
const readline = require('node:readline')
const hubspot = require('@hubspot/api-client')

const ROOT = path.join(__dirname, '../../..')
const SEED = path.join(__dirname, '../portal.yaml')
const FIRST_LINE = /^The local HubSpot listens on (\S+) \(portal (\d+), token (\S+)\)\. Ctrl-C ends it\.$/
const NINE = '2026-03-02T09:00:00Z' // when everything happens: the clock stands
const MOMENT = new Date(NINE)

class Served {
  constructor(process, address, token, told) {
    Object.assign(this, { process, address, token, told })
  }

  async control(method, path, body) {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(`${this.address}/_local/${path}`, { method, headers, body: JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  // Which requests came in, the newest last.
  async asked() {
    const { results } = await this.control('GET', 'requests?limit=1000')
    return results.map((line) => `${line.method} ${line.path} ${line.status}`)
  }

  // The account as at the start.
  async reset() {
    await this.control('POST', 'reset')
    await this.control('DELETE', 'requests')
  }

  client(config = {}) {
    return new hubspot.Client({ accessToken: 'local-everything', basePath: this.address, ...config })
  }

  async end() {
    this.process.kill('SIGKILL')
    await once(this.process, 'exit')
  }
}

async function serve(...options) {
  const python = process.env.CHAT_HANDOFF_SERVER_PYTHON || 'python3'
  const command = ['-m', 'harness', 'serve', '--port', '0', ...options]
  const child = spawn(python, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill('SIGKILL')) // also when a test has failed before it could
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = (await lines.next()).value ?? ''
  const said = FIRST_LINE.exec(first)
  if (!said) throw new Error(`expected a start line, found ${first}`)
  await lines.next()
  const told = []
  for (let line = await lines.next(); line.value; line = await lines.next()) told.push(line.value)
  return new Served(child, said[1], said[3], told)
}

// The account of portal.yaml, without limits, with its clock at nine.
async function serveAtNine() {
  const served = await serve('--no-limits', '--seed', SEED)
  await served.control('POST', 'clock', { set: NINE, running: false })
  return served
}

// A model as a plain object, without the attributes that the answer did not have.
function shown(value) {
  if (Array.isArray(value)) return value.map(shown)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const there = Object.entries(value).filter(([, found]) => found !== undefined)
  return Object.fromEntries(there.map(([name, found]) => [name, shown(found)]))
}

const STAMPS = { createdAt: MOMENT, updatedAt: MOMENT, archived: false }
const BATCH = { status: 'COMPLETE', startedAt: MOMENT, completedAt: MOMENT }

// How a ticket that was made at nine is shown with these properties.
function ticket(number, properties) {
  const id = String(90000000 + number)
  return { id, properties: { createdate: NINE, hs_lastmodifieddate: NINE, hs_object_id: id, ...properties }, ...STAMPS }
}

// How it is shown by the call that makes or changes it.
function newTicket(number, properties) {
  return ticket(number, { hs_pipeline: '0', hs_pipeline_stage: '1', hs_is_closed: 'false', ...properties })
}

module.exports = { BATCH, MOMENT, NINE, ROOT, SEED, STAMPS, newTicket, serve, serveAtNine, shown, ticket }
