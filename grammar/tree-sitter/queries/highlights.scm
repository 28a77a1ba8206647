; Rung policies. The lists of words are written by the tests from the lexer's table; where a word
; stands decides what it is, so a query needs no guess: `finish = stop` has no "stop" in it.

; keywords: declaration
[
  "rung" "catalog" "zone" "import" "condition" "facts" "classifier" "points" "task" "budget"
  "limit" "gate" "ladder" "compress" "guard" "route" "otherwise" "test" "always"
] @keyword
; keywords end

; keywords: clause
[
  "when" "with" "required" "from" "key" "header" "reads" "ask" "nearest" "else" "http" "timeout"
  "on" "failure" "requests" "at" "once" "per" "reject" "accept" "max_budget" "max_time" "tier"
  "exhausted" "return" "best" "last" "fail" "filtered" "climb" "failed" "stop" "first_token"
  "attempts" "max_output" "min_output" "effort" "target" "to" "only" "models" "where" "drop"
  "tools" "refuse" "cache" "exact" "similar" "by" "for" "shared" "batch" "up" "within" "stick"
  "after" "shadow" "use" "fallback" "split" "as" "set" "default" "prepend" "append" "replace"
  "system" "file" "request" "given" "expect" "fails" "reason" "until"
] @keyword
; keywords end

; keywords: operator
[
  "and" "or" "not" "in" "mentions" "contains" "has" "starts" "matches"
] @keyword.operator
; keywords end

; keywords: type
[
  "bool" "count" "text"
] @type.builtin
; keywords end

; keywords: unit
[
  "tokens" "chars" "bytes" "lines"
] @type
; keywords end

(subject (word) @variable)
(entry subject: (word) @property)
(given subject: (word) @property)
(value (word) @constant)
(labels (word) @constant)
(subject (word) @function "(")

(fact name: (word) @property)
(classifier name: (word) @function)
(points name: (word) @function)
(task name: (word) @function)
(condition_declaration name: (word) @function)
(budget name: (word) @function)
(limit name: (word) @function)
(gate name: (word) @function)
(ladder name: (word) @function)
(compress name: (word) @function)
(guard name: (word) @function)
(route name: (word) @function)
(arm name: (word) @function)
(allow rule: (word) @label)

((value (word) @boolean)
  (#any-of? @boolean "true" "false"))

(string) @string
(regex) @string.regex
[(integer) (number) (share) (duration) (money) (date)] @number
"@allow" @attribute
["=" "!=" "<" "<=" ">" ">="] @operator
["(" ")" "{" "}"] @punctuation.bracket
["," ":" "|"] @punctuation.delimiter
(comment) @comment
(documentation) @comment.documentation
