'use strict'

// Starts `rung lsp` for policies and stops it with the window. Everything else is the server's.

const { commands, window, workspace } = require('vscode')
const { LanguageClient, TransportKind } = require('vscode-languageclient/node')

let client

async function start() {
  const settings = workspace.getConfiguration('rung')
  const command = settings.get('path', 'rung')
  const server = {
    command,
    args: settings.get('arguments', ['lsp']),
    transport: TransportKind.stdio,
  }
  client = new LanguageClient('rung', 'Rung', server, {
    documentSelector: [
      { scheme: 'file', language: 'rung' },
      { scheme: 'untitled', language: 'rung' },
    ],
  })
  try {
    await client.start()
  } catch (error) {
    client = undefined
    window.showErrorMessage(
      `Rung: \`${command}\` does not start (${error.message}). ` +
        'Install rung, or say where it is in the setting rung.path.',
    )
  }
}

async function stop() {
  const running = client
  client = undefined
  if (running) await running.stop()
}

async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand('rung.restart', async () => {
      await stop()
      await start()
    }),
  )
  await start()
}

module.exports = { activate, deactivate: stop }
