/// Declarations and lines to fill in, each as the formatter writes it.
enum Snippets {
  static let declarations: [Snippet] = [
    Snippet("catalog", "catalog \"${1:catalog.yaml}\"", "The models and their prices."),
    Snippet(
      "zone", "zone \"${1:Europe/Berlin}\"", "The time zone of `hour`, `weekday` and `date`."),
    Snippet("import", "import \"${1:shared.rung}\"", "Declarations of another file."),
    Snippet(
      "facts", "facts {\n  ${1:plan} : ${2:free | pro} = ${3:free}\n}",
      "What a caller may tell of a request."),
    Snippet(
      "condition", "condition ${1:name} = ${0:question mentions (\"word\")}",
      "A condition with a name, to be used in others."),
    Snippet(
      "classifier",
      "classifier ${1:name} : ${2:yes | no} {\n  reads question\n  ask ${3:model} \"${4:What is it?}\"\n"
        + "  timeout 2s\n  on failure ${5:no}\n}",
      "A label that a model, examples or a service gives a request."),
    Snippet(
      "points", "points ${1:name} {\n  ${2:10} when ${0:stream}\n}",
      "A sum of the lines that hold, to be compared."),
    Snippet(
      "task", "task ${1:name} when ${0:question mentions (\"word\")}",
      "What kind of work a request is. The first that holds is taken."),
    Snippet(
      "budget", "budget ${1:name} = ${2:\\$10} per ${3:tenant} per ${4:day}",
      "The most money in a stretch of time."),
    Snippet(
      "limit", "limit ${1:name} = ${2:60} requests per ${3:tenant} per ${4:minute}",
      "The most requests, tokens or calls at once."),
    Snippet(
      "gate", "gate ${1:name} = ${0:not refusal}", "What an answer must be to be kept."),
    Snippet(
      "ladder",
      "ladder ${1:name}(max_budget = ${2:\\$0.05}) {\n  tier ${3:model} accept ${4:good}\n"
        + "  tier ${5:model}\n}",
      "Models from the cheapest up; the next is asked if an answer is not accepted."),
    Snippet(
      "compress", "compress ${1:name} {\n  target context\n  to ${2:50%} with ${3:extractive}\n}",
      "What a model need not be sent."),
    Snippet(
      "guard", "guard ${1:name} when ${2:prompt has secret} {\n  ${0:refuse \"why\"}\n}",
      "What holds before any plan is made: models kept out, tools dropped, requests refused."),
    Snippet(
      "route", "route ${1:name} when ${2:task = chat} {\n  use ${0:model}\n}",
      "Where a request goes. The first that matches is taken."),
    Snippet("otherwise", "otherwise {\n  use ${0:model}\n}", "The last route: all other requests."),
    Snippet(
      "test",
      "test \"${1:what must be so}\" {\n  request { question = \"${2:hello}\" }\n"
        + "  expect { route = ${0:otherwise} }\n}",
      "A request, and what must come of it."),
    Snippet(
      "always",
      "always \"${1:what must be so}\" when ${2:stream} {\n  ${0:worst_cost <= \\$0.10}\n}",
      "A promise about all requests that meet the condition; it is proved or refuted."),
    Snippet(
      "@allow", "@allow(${1:rule}, reason: \"${2:why}\")",
      "Hides a finding of the declaration below, with a reason."),
  ]

  static let version = Snippet("rung 1", "rung 1", "The version of the language.")

  static let routeLines: [Snippet] = [
    Snippet("use", "use ${0:model}", "Asks a model or a ladder."),
    Snippet("refuse", "refuse \"${0:why}\"", "Refuses the request with a reason."),
    Snippet("cache exact", "cache exact for ${1:1h}", "Gives an answer again to the same request."),
    Snippet(
      "cache similar", "cache similar >= ${1:0.95} by ${2:embedder} for ${3:1h}",
      "Gives an answer again to a question near enough."),
    Snippet("set", "set ${1:temperature} ${0:0}", "Sets a parameter, whatever the caller says."),
    Snippet(
      "default", "default ${1:temperature} ${0:0}", "Sets a parameter the caller does not name."),
    Snippet("prepend", "prepend system \"${0:text}\"", "Puts a text before the system text."),
    Snippet("append", "append system \"${0:text}\"", "Puts a text behind the system text."),
    Snippet("replace", "replace system file \"${0:short.md}\"", "Puts another system text."),
    Snippet("compress", "compress ${0:name}", "Shortens what is sent, by a `compress`."),
    Snippet(
      "batch", "batch up to ${1:20} within ${2:5s}", "Asks several requests in one prompt."),
    Snippet("stick", "stick for ${0:1h}", "Starts a conversation where it was answered last."),
    Snippet("stop", "stop when ${0:json_complete}", "Ends a running answer early."),
    Snippet(
      "shadow", "shadow ${1:5%} use ${0:model}", "Asks another model too; its answer is recorded."),
    Snippet(
      "split",
      "split by ${1:user} {\n  ${2:90%} as ${3:a} use ${4:model}\n"
        + "  ${5:10%} as ${6:b} use ${0:model}\n}",
      "Sends shares of the callers different ways."),
  ]

  static let armLines: [Snippet] = routeLines.filter {
    ["use", "set", "default", "prepend", "append", "replace"].contains($0.label)
  }

  static let ladderLines: [Snippet] = [
    Snippet("tier", "tier ${1:model} accept ${0:good}", "A model, and what its answer must be."),
    Snippet("on exhausted", "on exhausted ${0:return best}", "When no tier's answer is accepted."),
    Snippet("on filtered climb", "on filtered climb", "A filtered answer climbs, it does not end."),
    Snippet("on failed stop", "on failed stop", "A failed call ends the ladder."),
  ]

  static let classifierLines: [Snippet] = [
    Snippet("reads", "reads ${0:question}", "The text it is given."),
    Snippet("ask", "ask ${1:model} \"${0:What is it?}\"", "A model gives the label."),
    Snippet(
      "nearest", "nearest \"${1:examples.jsonl}\" >= ${2:0.8} else ${0:other}",
      "The label of the nearest example."),
    Snippet("http", "http \"${0:https://}\"", "A service of yours gives the label."),
    Snippet("timeout", "timeout ${0:2s}", "How long it may take."),
    Snippet("on failure", "on failure ${0:label}", "The label if it fails."),
  ]

  static let guardLines: [Snippet] = [
    Snippet(
      "only models", "only models where ${0:model.region = eu}", "Keeps only these models."),
    Snippet("drop tools", "drop tools", "Takes the tools out of the request."),
    Snippet("refuse", "refuse \"${0:why}\"", "Refuses the request with a reason."),
  ]

  static let compressLines: [Snippet] = [
    Snippet("target", "target context", "The text that is shortened."),
    Snippet("when", "when ${0:context.tokens > 2k}", "Only where this holds."),
    Snippet("to", "to ${1:50%} with ${0:extractive}", "How short, and by what."),
    Snippet("with", "with lossless", "By what."),
  ]

  static let testSections: [Snippet] = [
    Snippet("request", "request { ${0:question = \"hello\"} }", "The request, field by field."),
    Snippet("request file", "request file \"${0:request.json}\"", "The request, in a file."),
    Snippet("given", "given { $0 }", "What gates, classifiers and models come to."),
    Snippet("expect", "expect { ${0:route = otherwise} }", "What must come of it."),
  ]

  static let durations: [Snippet] = ["30s", "5m", "1h", "1d"].map { Snippet($0, $0, "") }

  static let money: [Snippet] = [
    Snippet("$", "\\$${0:0.05}", "An amount in the catalog's currency.")
  ]

  static let factTypes: [Snippet] = [
    Snippet("bool", "bool = ${0:false}", "Yes or no."),
    Snippet("count", "count = ${0:0}", "A whole number."),
    Snippet("text", "text = \"${0}\"", "A text."),
    Snippet("labels", "${1:a | b} = ${0:a}", "One of a closed list."),
  ]
}
