// Finds changes of the interfaces that break clients: in the OpenAPI documents, and in the events of the AsyncAPI
// document, whose readers are treated as clients that get an answer.
import { apiCompare } from 'api-smart-diff'

/**
 * The changes between two OpenAPI documents that break a client, one sentence each.
 *
 * The library resolves references where an operation uses them and knows requests from answers. Components are left
 * out, because it judges them as requests whoever uses them. A changed type of an answer counts as a break here, which
 * the library holds for harmless.
 */
export function breaksOfDocument(before, after) {
  const { diffs } = apiCompare(withWebhooks(before), withWebhooks(after))
  return diffs
    .filter(change => change.path[0] === 'paths')
    .filter(change => change.type === 'breaking' || changesType(change))
    .filter(change => !onlySaysLess(change))
    .map(change => `${change.action} ${change.path.slice(1).join(' > ')}`)
}

/** The changes between two AsyncAPI documents that break a reader of a topic. */
export function breaksOfTopics(before, after) {
  return breaksOfDocument(asAnswers(before), asAnswers(after)).map(change =>
    change.replace(/ > get > responses > 200 > content > application\/json > schema/, ''))
}

/** Each webhook as an operation that answers with it: its receivers are treated as clients that get an answer. */
function withWebhooks(document) {
  const paths = { ...document.paths }
  for (const [name, { post }] of Object.entries(document.webhooks ?? {})) {
    const answer = { description: name, content: post.requestBody.content }
    paths[`/webhooks/${name}`] = { get: { responses: { 200: answer } } }
  }
  return { ...document, paths }
}

function changesType(change) {
  return change.action === 'replace' && change.path.at(-1) === 'type' && !narrows(change.before, change.after)
}

/** An integer is a number: whoever reads numbers reads it. */
function narrows(before, after) {
  return before === 'number' && after === 'integer'
}

/** What a document says to people, or shows, binds nobody. */
function onlySaysLess(change) {
  return change.path.some(part => part === 'example' || part === 'examples' || part === 'description')
}

/** Each message on its topic, as an operation that answers with it. */
function asAnswers(document) {
  const paths = {}
  for (const channel of Object.values(document.channels)) {
    for (const name of Object.keys(channel.messages)) {
      const { payload } = document.components.messages[name]
      const answer = { description: name, content: { 'application/json': { schema: payload } } }
      paths[`/${channel.address}/${name}`] = { get: { responses: { 200: answer } } }
    }
  }
  const info = { title: 'topics', version: '1' }
  return { openapi: '3.0.0', info, paths, components: { schemas: document.components.schemas } }
}
