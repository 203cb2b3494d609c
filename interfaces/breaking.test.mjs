import assert from 'node:assert/strict'
import fs from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { breaksOfDocument, breaksOfTopics } from './breaking.mjs'

const read = path => () => parse(fs.readFileSync(new URL(path, import.meta.url), 'utf8'))
const account = read('../account-service/src/main/resources/openapi/account.yaml')

/** Two events of one topic: all of them take seconds to compare. */
function topics() {
  const document = read('../shared-model/src/main/resources/asyncapi/tollgate.yaml')()
  const { address, messages: { BillBooked, DebtStated } } = document.channels.billingEvents
  document.channels = { billingEvents: { address, messages: { BillBooked, DebtStated } } }
  return document
}

/** What breaks when a part of the account service's document changes. */
function afterChange(change) {
  const changed = account()
  change(changed)
  return breaksOfDocument(account(), changed)
}

test('an unchanged document breaks nothing', () => {
  assert.deepEqual(afterChange(() => {}), [])
})

test('what is added to an answer, and an optional field of a request, break nothing', () => {
  assert.deepEqual(afterChange(document => {
    document.components.schemas.Account.properties.more = { type: 'string' }
    document.components.schemas.Account.required.push('more')
    document.components.schemas.NewAccount.properties.more = { type: 'string' }
    document.paths['/v1/more'] = document.paths['/v1/clock']
    document.paths['/v1/clock'].get.summary = 'Show the clock'
  }), [])
})

test('a removed route breaks its callers', () => {
  assert.deepEqual(afterChange(document => delete document.paths['/v1/clock'].get), ['remove /v1/clock > get'])
})

test('a required parameter and a required field of a request break their callers', () => {
  assert.notDeepEqual(afterChange(document => {
    document.paths['/v1/accounts'].get.parameters[0].required = true
  }), [])
  assert.notDeepEqual(afterChange(document => {
    document.components.schemas.NewAccount.properties.more = { type: 'string' }
    document.components.schemas.NewAccount.required.push('more')
  }), [])
})

test('a field that an answer no longer has, and one of another type, break their readers', () => {
  assert.notDeepEqual(afterChange(document => delete document.components.schemas.Account.properties.owed), [])
  assert.notDeepEqual(afterChange(document => {
    document.components.schemas.Account.properties.owed.type = 'number'
  }), [])
})

test('a value that a request may no longer have breaks its callers', () => {
  assert.notDeepEqual(afterChange(document => document.components.schemas.NewHold.properties.cause.enum.pop()), [])
})

test('a webhook that is no longer posted, and a field that it no longer has, break its receivers', () => {
  assert.deepEqual(afterChange(document => delete document.webhooks.command), ['remove /webhooks/command > get'])
  assert.notDeepEqual(afterChange(document => {
    delete document.components.schemas.CommandMessage.properties.data.properties.rule
  }), [])
})

test('a field that an event no longer has breaks its readers, one that is added does not', () => {
  const less = topics()
  delete less.components.schemas.BillBooked.properties.owed
  assert.equal(breaksOfTopics(topics(), less).length > 0, true)
  const more = topics()
  more.components.schemas.BillBooked.properties.more = { type: 'string' }
  assert.deepEqual(breaksOfTopics(topics(), more), [])
})

test('a removed event breaks its readers', () => {
  const less = topics()
  delete less.channels.billingEvents.messages.BillBooked
  assert.deepEqual(breaksOfTopics(topics(), less), ['remove /billing.events/BillBooked > get'])
})
