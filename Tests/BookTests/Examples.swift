import Foundation
import OpenAIWire
import PolicyAnalysis
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRequests
import RoutingRuntime

@testable import rung_book

/// The book of this checkout.
enum CheckedOutBook {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let book = Result { try Book(root: root) }
}

/// A policy of the book, as its reader is told it is meant.
struct Example {
  let page: String
  let text: String
  /// The code of its one error, where it is wrong on purpose.
  let wrong: String?

  /// Nil for a block of another language.
  init?(page: String, info: String, text: String) {
    let words = info.split(separator: " ").map(String.init)
    guard words.first == "rung" else { return nil }
    self.page = page
    wrong = words.count == 3 && words[1] == "wrong" ? words[2] : nil
    self.text = text.hasPrefix("rung 1") ? text : Self.whole(text)
  }

  private static func whole(_ part: String) -> String {
    let lines = part.split(separator: "\n")
    let ends = lines.contains { $0.hasPrefix("otherwise") }
    return "rung 1\ncatalog \"catalog.yaml\"\n\n" + part
      + (ends ? "" : "otherwise { use deepseek-v4-flash }\n")
  }

  /// Beside the catalog of `policies/support` and the files of `book/files`.
  func compiled() -> PolicyCompilation {
    PolicyCompilation(
      path: "example.rung", today: CalendarDate(year: 2026, month: 11, day: 22),
      zones: { ["Europe/Berlin", "UTC"] },
      read: { path in
        switch path {
        case "example.rung": Array(text.utf8)
        case "catalog.yaml": Self.bytes("policies/support/catalog.yaml")
        default: Self.bytes("book/files/\(path)")
        }
      })
  }

  /// How many tests and laws it has, and what of them does not hold.
  static func run(_ policy: CompiledPolicy) -> (count: Int, failures: [String]) {
    let decider = Decider(policy.graph)
    let runner = PolicyTestRunner(decider) { file in
      do {
        let request = try ChatRequest(Array(file.text.utf8))
        return .success(RequestInput(request, moment: PolicyTestRunner.moment))
      } catch {
        return .failure(.init("\(error)"))
      }
    }
    var failures = runner.run().flatMap { result in
      result.failures.map { "\(result.title): \($0.problem)" }
    }
    let study = AlwaysStudy(decider)
    for (index, always) in policy.policy.always.enumerated() {
      if case .refuted = study.verdict(on: index) { failures.append("\(always.title): refuted") }
    }
    return (policy.policy.tests.count + policy.policy.always.count, failures)
  }

  private static func bytes(_ path: String) -> [UInt8]? {
    let file = CheckedOutBook.root.appending(path: path)
    return (try? Data(contentsOf: file)).map { Array($0) }
  }
}
