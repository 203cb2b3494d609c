// Compares the interfaces of the work tree with those of a commit, and fails where a change breaks clients.
//
//   node compare.mjs [commit]     the last commit by default; its parent where nothing is changed since
//
// A break that is meant is declared in the message of a commit since then, by a line "BREAKING CHANGE: <why>".
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { parse } from 'yaml'
import { breaksOfDocument, breaksOfTopics } from './breaking.mjs'

const ROOT = new URL('..', import.meta.url)
const DOCUMENTS = {
  'account-service/src/main/resources/openapi/account.yaml': breaksOfDocument,
  'billing-service/src/main/resources/openapi/billing.yaml': breaksOfDocument,
  'metering-service/src/main/resources/openapi/metering.yaml': breaksOfDocument,
  'notification-service/src/main/resources/openapi/notification.yaml': breaksOfDocument,
  'shared-model/src/main/resources/asyncapi/tollgate.yaml': breaksOfTopics,
}

function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** The document at a commit; nothing where the commit has none yet. */
function documentAt(commit, path) {
  try {
    return git('show', `${commit}:${path}`)
  } catch {
    return undefined
  }
}

function base() {
  if (process.argv[2]) {
    return process.argv[2]
  }
  const changed = git('status', '--porcelain', '--', ...Object.keys(DOCUMENTS)) !== ''
  return changed ? 'HEAD' : 'HEAD^'
}

const before = base()
let found = 0
for (const [path, breaks] of Object.entries(DOCUMENTS)) {
  const old = documentAt(before, path)
  const now = fs.readFileSync(new URL(path, ROOT), 'utf8')
  if (old !== undefined && old !== now) {
    for (const change of breaks(parse(old), parse(now))) {
      found++
      console.error(`${path}: ${change}`)
    }
  }
}

/** Whether a commit since then says that a break is meant. */
function isDeclared() {
  return before !== 'HEAD' && /^BREAKING CHANGE: \S/m.test(git('log', '--format=%B', `${before}..HEAD`))
}

const declared = found > 0 && isDeclared()
console.log(`${found} breaking changes since ${before}${declared ? ', declared' : ''}`)
process.exitCode = found > 0 && !declared ? 1 : 0
