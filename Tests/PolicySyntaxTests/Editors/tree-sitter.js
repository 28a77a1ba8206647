'use strict'

// Evaluates grammar.js as tree-sitter's generator does and writes the grammar it describes as JSON.

const fs = require('fs')
const path = require('path')

const value = (rule) => {
  if (rule instanceof RegExp) return { type: 'PATTERN', value: rule.source }
  if (typeof rule === 'string') return { type: 'STRING', value: rule }
  if (rule && typeof rule.type === 'string') return rule
  throw new Error(`not a rule: ${JSON.stringify(rule)}`)
}
const many = (type) => (...members) => ({ type, members: members.map(value) })
const one = (type) => (content) => ({ type, content: value(content) })

global.seq = many('SEQ')
global.choice = many('CHOICE')
global.repeat = one('REPEAT')
global.repeat1 = one('REPEAT1')
global.optional = (rule) => global.choice(rule, { type: 'BLANK' })
global.token = one('TOKEN')
global.prec = (level, rule) => ({ type: 'PREC', value: level, content: value(rule) })
global.field = (name, rule) => ({ type: 'FIELD', name, content: value(rule) })
global.grammar = (options) => {
  const names = Object.keys(options.rules)
  const $ = new Proxy(
    {},
    {
      get(_, name) {
        if (!names.includes(name)) throw new Error(`no rule ${String(name)}`)
        return { type: 'SYMBOL', name }
      },
    },
  )
  const rules = Object.fromEntries(names.map((name) => [name, value(options.rules[name]($))]))
  return {
    name: options.name,
    word: options.word($).name,
    extras: options.extras($).map(value),
    supertypes: options.supertypes($).map((symbol) => symbol.name),
    rules,
  }
}

const described = require(path.resolve(process.argv[2]))
fs.writeFileSync(process.env.RUNG_REPORT, JSON.stringify(described, null, 2))
