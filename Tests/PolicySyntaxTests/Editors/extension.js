'use strict'

// Loads the VS Code extension with stand-ins for VS Code and its client library, and holds what it
// asks of them against what it should: one client, started with the settings' program, restarted by
// the command, stopped at the end, and one message where the program does not start.

const assert = require('assert')
const fs = require('fs')
const Module = require('module')
const path = require('path')

const seen = { started: [], stopped: 0, messages: [], commands: {} }
let fails = false
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, name, server, options })
  }

  async start() {
    if (fails) throw new Error('spawn rung ENOENT')
    seen.started.push(this)
  }

  async stop() {
    seen.stopped += 1
  }
}
const standIns = {
  vscode: {
    commands: {
      registerCommand(name, run) {
        seen.commands[name] = run
        return { dispose() {} }
      },
    },
    window: { showErrorMessage: (text) => seen.messages.push(text) },
    workspace: {
      getConfiguration: (section) => ({
        get: (key, fallback) => {
          assert.strictEqual(section, 'rung')
          return key === 'path' ? '/opt/rung/bin/rung' : fallback
        },
      }),
    },
  },
  'vscode-languageclient/node': { LanguageClient, TransportKind: { stdio: 0 } },
}
const load = Module._load
Module._load = (request, ...rest) => standIns[request] ?? load(request, ...rest)

async function main() {
  const folder = path.resolve(process.argv[2])
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json')))
  const extension = require(path.join(folder, manifest.main))
  const context = { subscriptions: [] }
  await extension.activate(context)
  assert.strictEqual(seen.started.length, 1)
  const [client] = seen.started
  assert.strictEqual(client.server.command, '/opt/rung/bin/rung')
  assert.deepStrictEqual(client.server.args, ['lsp'])
  const languages = client.options.documentSelector.map((selector) => selector.language)
  assert.deepStrictEqual(new Set(languages), new Set(['rung']))
  assert.strictEqual(context.subscriptions.length, 1)
  for (const { command } of manifest.contributes.commands) await seen.commands[command]()
  assert.strictEqual(seen.started.length, 2)
  assert.strictEqual(seen.stopped, 1)
  await extension.deactivate()
  assert.strictEqual(seen.stopped, 2)
  fails = true
  await extension.activate(context)
  assert.match(seen.messages.join('\n'), /`\/opt\/rung\/bin\/rung` does not start.*rung\.path/s)
  await extension.deactivate()
  assert.strictEqual(seen.stopped, 2)
  for (const { path: file } of [...manifest.contributes.grammars, ...manifest.contributes.snippets])
    JSON.parse(fs.readFileSync(path.join(folder, file)))
  for (const { configuration } of manifest.contributes.languages)
    JSON.parse(fs.readFileSync(path.join(folder, configuration)))
  fs.writeFileSync(process.env.RUNG_REPORT, 'checked\n')
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
