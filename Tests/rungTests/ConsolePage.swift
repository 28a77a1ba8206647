import Foundation

/// A Markdown page whose `console` blocks are run and compared: what a reader sees is what happens.
///
/// ```console
/// $ rung check policies/support
/// policies/support: no findings
/// ```
/// A line that starts with `$ ` is a command for the shell; what follows up to the next one is what
/// it printed, both streams. An exit code other than 0 is a last line `[exit 1]`.
struct ConsolePage {
  struct Step {
    let command: String
    let expected: [String]
  }

  private enum Part {
    case text(String)
    case block([Step])
  }

  private let parts: [Part]

  var steps: [Step] {
    parts.flatMap { part in
      switch part {
      case .text: [Step]()
      case .block(let steps): steps
      }
    }
  }

  init(_ text: String) {
    var parts: [Part] = []
    var open: [Step]?
    for line in text.components(separatedBy: "\n") {
      if let steps = open {
        if line == "```" {
          parts.append(.block(steps))
          parts.append(.text(line))
          open = nil
        } else if line.hasPrefix("$ ") {
          open?.append(Step(command: String(line.dropFirst(2)), expected: []))
        } else if let last = steps.last {
          open?[steps.count - 1] = Step(command: last.command, expected: last.expected + [line])
        }
      } else {
        parts.append(.text(line))
        if line == "```console" { open = [] }
      }
    }
    self.parts = parts
  }

  /// The page with what the commands printed in truth.
  func rewritten(with results: [[String]]) -> String {
    var rest = results[...]
    var lines: [String] = []
    for part in parts {
      switch part {
      case .text(let line): lines.append(line)
      case .block(let steps):
        for step in steps {
          lines.append("$ " + step.command)
          lines += rest.popFirst() ?? []
        }
      }
    }
    return lines.joined(separator: "\n")
  }
}
