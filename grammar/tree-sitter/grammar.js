/**
 * Rung policies for tree-sitter. The rules follow `grammar/rung.ebnf`, name by name.
 */

const list = (rule) => seq(rule, repeat(seq(',', rule)))
const joined = (rule, word) => seq(rule, repeat1(seq(word, rule)))

module.exports = grammar({
  name: 'rung',

  word: ($) => $.word,
  extras: ($) => [/\s/, $.comment, $.documentation],
  supertypes: ($) => [$.declaration],

  rules: {
    policy: ($) => seq('rung', $.integer, repeat(seq(repeat($.allow), $.declaration))),

    declaration: ($) =>
      choice(
        $.load,
        $.condition_declaration,
        $.facts,
        $.classifier,
        $.points,
        $.task,
        $.budget,
        $.limit,
        $.gate,
        $.ladder,
        $.compress,
        $.guard,
        $.route,
        $.otherwise,
        $.test,
        $.always,
      ),

    allow: ($) =>
      seq(
        '@allow',
        '(',
        field('rule', $.word),
        ',',
        'reason',
        ':',
        field('reason', $.string),
        optional(seq(',', 'until', ':', field('until', $.date))),
        ')',
      ),

    load: ($) => seq(choice('catalog', 'zone', 'import'), field('what', $.string)),

    // What is known of a request.

    facts: ($) => seq('facts', '{', repeat($.fact), '}'),
    fact: ($) =>
      seq(
        field('name', $.word),
        ':',
        field('type', choice('bool', 'count', 'text', $.labels)),
        choice(seq('=', field('default', $.value)), 'required'),
        optional(seq('from', choice('key', seq('header', $.string)))),
      ),
    labels: ($) => seq($.word, repeat(seq('|', $.word))),
    classifier: ($) =>
      seq(
        'classifier',
        field('name', $.word),
        ':',
        $.labels,
        '{',
        'reads',
        field('reads', $.word),
        field('method', $.method),
        optional(seq('timeout', $.duration)),
        'on',
        'failure',
        field('failure', $.word),
        '}',
      ),
    method: ($) =>
      choice(
        seq('ask', $.word, $.string),
        seq('nearest', $.string, '>=', $.number, 'else', $.word),
        seq('http', $.string),
      ),
    points: ($) => seq('points', field('name', $.word), '{', repeat($.point), '}'),
    point: ($) => seq($.integer, 'when', $._condition),
    task: ($) =>
      seq('task', field('name', $.word), choice(seq('when', $._condition), 'otherwise')),
    condition_declaration: ($) => seq('condition', field('name', $.word), '=', $._condition),

    // What binds every request: money, rates, and the models that may see it.

    budget: ($) => seq('budget', field('name', $.word), '=', $.money, $.owner),
    limit: ($) =>
      seq(
        'limit',
        field('name', $.word),
        '=',
        $.number,
        choice('requests', 'tokens', seq('at', 'once')),
        $.owner,
      ),
    owner: ($) =>
      seq('per', $.word, optional(seq('per', $.word)), optional(seq('when', $._condition))),
    guard: ($) =>
      seq(
        'guard',
        field('name', $.word),
        optional(seq('when', $._condition)),
        '{',
        repeat($.restriction),
        '}',
      ),
    restriction: ($) =>
      choice(seq('only', 'models', 'where', $._condition), seq('drop', 'tools'), $.refuse),

    // What an answer must be, and who is asked until one is.

    gate: ($) =>
      seq(
        'gate',
        field('name', $.word),
        '=',
        $._condition,
        optional(seq('on', 'failure', choice('reject', 'accept'))),
      ),
    ladder: ($) =>
      seq(
        'ladder',
        field('name', $.word),
        optional(seq('(', list($.bound), ')')),
        '{',
        repeat1($.tier),
        repeat(seq('on', $.outcome)),
        '}',
      ),
    bound: ($) => seq(choice('max_budget', 'max_time'), '=', $.value),
    tier: ($) =>
      seq(
        'tier',
        field('model', $.word),
        repeat(choice(seq('accept', $.pass, repeat(seq('and', $.pass))), $.option)),
      ),
    pass: ($) => seq(field('gate', $.word), optional(seq(choice('>=', '<='), $.number))),
    outcome: ($) =>
      choice(
        seq('exhausted', choice(seq('return', choice('best', 'last')), 'fail')),
        seq('filtered', 'climb'),
        seq('failed', 'stop'),
      ),
    option: ($) =>
      choice(
        seq(choice('timeout', 'first_token'), $.duration),
        seq('attempts', $.integer),
        seq(choice('max_output', 'min_output'), $.number, 'tokens'),
        seq('effort', $.word),
      ),
    compress: ($) =>
      seq(
        'compress',
        field('name', $.word),
        '{',
        'target',
        list($.word),
        optional(seq('when', $._condition)),
        optional(seq('to', choice($.share, seq($.number, 'tokens')))),
        'with',
        field('method', $.word),
        '}',
      ),

    // Where a request goes. The first route that matches is taken.

    route: ($) => seq('route', field('name', $.word), 'when', $._condition, $.block),
    otherwise: ($) => seq('otherwise', $.block),
    block: ($) => seq('{', repeat($._line), '}'),
    _line: ($) =>
      choice(
        $.use,
        $.refuse,
        $.cache,
        $.shape,
        $.compress_line,
        $.batch,
        $.stick,
        $.stop,
        $.shadow,
        $.split,
      ),
    refuse: ($) => seq('refuse', $.string),
    compress_line: ($) => seq('compress', field('name', $.word)),
    batch: ($) => seq('batch', 'up', 'to', $.integer, 'within', $.duration),
    stick: ($) => seq('stick', 'for', $.duration),
    stop: ($) => seq('stop', optional(seq('after', $.number, 'tokens')), 'when', $._condition),
    shadow: ($) => seq('shadow', $.share, 'use', $.target),
    use: ($) => seq('use', $.target, repeat($.fallback)),
    fallback: ($) =>
      seq('fallback', optional(seq('on', choice($.word, $.words))), $.target),
    words: ($) => seq('(', list($.word), ')'),
    target: ($) => seq(field('model', $.word), repeat($.option)),
    cache: ($) =>
      seq(
        'cache',
        choice('exact', seq('similar', '>=', $.number, 'by', $.word)),
        'for',
        $.duration,
        optional(choice(seq('per', $.word), 'shared')),
      ),
    shape: ($) =>
      choice(
        seq(choice('set', 'default'), $.word, $.value),
        seq(
          choice('prepend', 'append', 'replace'),
          'system',
          choice($.string, seq('file', $.string)),
        ),
      ),
    split: ($) => seq('split', 'by', $.word, '{', repeat($.arm), '}'),
    arm: ($) =>
      seq(
        $.share,
        optional(seq('as', field('name', $.word))),
        choice($.use, seq('{', repeat($.shape), $.use, '}')),
      ),

    // What must stay true.

    test: ($) =>
      seq(
        'test',
        field('name', $.string),
        '{',
        'request',
        choice(seq('file', $.string, optional($.entries)), $.entries),
        optional(seq('given', '{', repeat($.given), '}')),
        'expect',
        $.entries,
        '}',
      ),
    given: ($) =>
      seq(
        field('subject', $.word),
        choice(seq('=', $.value), seq('fails', $.word)),
        optional(seq('at', $.word)),
      ),
    always: ($) => seq('always', field('name', $.string), 'when', $._condition, $.entries),
    entries: ($) => seq('{', repeat($.entry), '}'),
    entry: ($) => seq(field('subject', $.word), $._comparison, $.value),

    // Conditions. `and` and `or` mix in parentheses only; `not` never stands before a comparison.

    _condition: ($) => choice($._term, $.and, $.or),
    and: ($) => joined($._term, 'and'),
    or: ($) => joined($._term, 'or'),
    _term: ($) => choice($.parenthesized, $.check, $.not),
    parenthesized: ($) => seq('(', $._condition, ')'),
    check: ($) =>
      seq(
        $.subject,
        optional(
          choice(seq($._comparison, $.value), seq(optional('not'), 'in', $.list), $._text),
        ),
      ),
    not: ($) => seq('not', choice($.parenthesized, seq($.subject, optional($._text)))),
    subject: ($) => seq($.word, optional(seq('(', list($.argument), ')'))),
    argument: ($) => seq(optional($.share), choice($.word, $.string)),
    _text: ($) =>
      choice(
        seq(choice('mentions', 'contains', 'has'), choice($.value, $.list)),
        seq('starts', 'with', $.string),
        seq('matches', $.regex),
      ),
    _comparison: (_) => choice('=', '!=', '<', '<=', '>', '>='),
    list: ($) => seq('(', list($.value), ')'),
    value: ($) =>
      choice(
        seq($.money, optional(seq('per', $.number, 'tokens'))),
        seq($.number, optional(choice('tokens', 'chars', 'bytes', 'lines'))),
        $.share,
        $.duration,
        $.date,
        $.string,
        $.word,
      ),

    // Tokens.

    word: (_) => /[A-Za-z][A-Za-z0-9_]*([-./][A-Za-z0-9][A-Za-z0-9_]*)*/,
    integer: (_) => /[0-9]+/,
    number: (_) => /[0-9]+(\.[0-9]+)?[kM]?/,
    share: (_) => /[0-9]+(\.[0-9]+)?[kM]?%/,
    duration: (_) => /[0-9]+(ms|s|m|h|d)/,
    money: (_) => /(\$|[A-Z][A-Z][A-Z] )[0-9]+(\.[0-9]+)?[kM]?/,
    date: (_) => /[0-9]{4}-[0-9]{2}-[0-9]{2}/,
    string: (_) => /"([^"\\\n]|\\["\\nt]|\\u\{[0-9A-Fa-f]{1,6}\})*"/,
    regex: (_) => /\/([^\/\\\n*]|\\[^\n])([^\/\\\n]|\\[^\n])*\//,
    documentation: (_) => token(prec(1, /##[^\n]*/)),
    comment: (_) => token(/#[^\n]*/),
  },
})
