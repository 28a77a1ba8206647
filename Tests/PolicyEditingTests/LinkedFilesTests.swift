import Foundation
import PolicySource
import Testing

@testable import PolicyEditing

/// One file under several paths, through symbolic links.
@Suite struct `A new name and links` {
  private static let real: @Sendable (String) -> String = { $0.replacing("link/", with: "real/") }
  private static let asked = """
    {"messages": [{"role": "user", "content": "x"}], "metadata": {"kind": "faq"}}
    """

  private static func policy(
    _ path: String, asks: String, fact: String
  ) -> PolicySnapshot {
    let text = """
      rung 1
      catalog "catalog.yaml"
      facts { \(fact) : faq | other = other }
      route faqs when \(fact) = faq { use small }
      otherwise { use large }
      test "asked" { request file "\(asks)" expect { last = large } }

      """
    let files = [path: text, "catalog.yaml": MarkedPolicy.catalog, asks: asked]
    let bytes = files.mapValues { Array($0.utf8) }
    return PolicySnapshot(path: path, today: nil) { bytes[$0] }
  }

  @Test func `is refused where another policy asks the same request through one`() throws {
    let policy = Self.policy("a.rung", asks: "real/asked.json", fact: "kind")
    let other = Self.policy("b.rung", asks: "link/asked.json", fact: "kind")
    let problem = #expect(throws: RenameProblem.self) {
      try policy.rename(
        at: try Self.place(in: policy), to: "sort",
        sharing: { files in [other].filter { $0.isMade(of: files, real: Self.real) } },
        real: Self.real)
    }
    #expect(
      problem
        == .elsewhere(
          "b.rung",
          RenameProblem.sharedRequest(
            file: "link/asked.json", fact: "kind"
          ).message))
  }

  @Test func `is written once into a file that two policies import by two paths`() throws {
    let shared = "rung 1\ncondition buggy = question mentions (\"bug\")\n"
    func policy(_ path: String, _ imported: String) -> PolicySnapshot {
      let text = """
        rung 1
        catalog "catalog.yaml"
        import "\(imported)"
        route r when buggy { use small }
        otherwise { use large }

        """
      let files = [path: text, imported: shared, "catalog.yaml": MarkedPolicy.catalog]
      let bytes = files.mapValues { Array($0.utf8) }
      return PolicySnapshot(path: path, today: nil) { bytes[$0] }
    }
    let (one, two) = (policy("a.rung", "real/s.rung"), policy("b.rung", "link/s.rung"))
    #expect(one.compiles && two.compiles)
    let file = try #require(one.sources.files.first { $0.path == "a.rung" })
    let start = try #require(
      String(decoding: file.bytes, as: UTF8.self).range(of: "buggy")?.lowerBound)
    let text = String(decoding: file.bytes, as: UTF8.self)
    let offset = text.utf8.distance(from: text.startIndex, to: start)
    let renaming = try one.rename(
      at: Place(file: file.id, offset: offset), to: "faulty",
      sharing: { files in [one, two].filter { $0.isMade(of: files, real: Self.real) } },
      real: Self.real)
    #expect(renaming.files.map(\.file.path) == ["a.rung", "b.rung", "real/s.rung"])
    let places = one.references(
      at: Place(file: file.id, offset: offset), withDeclaration: true,
      sharing: { files in [one, two].filter { $0.isMade(of: files, real: Self.real) } },
      real: Self.real)
    #expect(places.map(\.file.path) == ["a.rung", "b.rung", "real/s.rung"])
  }

  @Test(arguments: [
    ("asked.json", "{\"metadata\": {\"kind\": \"faq\"},\n \"messages\": [}", 2),
    ("asked.yaml", "metadata: {kind: faq}\nmessages: [\n", 3),
  ])
  func `is refused by the name of a request that does not parse`(
    asks: String, text: String, line: Int
  ) throws {
    let policy = try MarkedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      facts { ki⌶nd : faq | other = other }
      route faqs when kind = faq { use small }
      otherwise { use large }
      test "asked" { request file "\(asks)" expect { last = large } }

      """, files: [asks: text])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "sort")
    }
    #expect(problem == .syntaxError(in: asks, line: line))
  }

  private static func place(in policy: PolicySnapshot) throws -> Place {
    let file = try #require(policy.sources.files.first { $0.path == policy.path })
    let text = String(decoding: file.bytes, as: UTF8.self)
    let start = try #require(text.range(of: "kind")?.lowerBound)
    return Place(
      file: file.id, offset: text.utf8.distance(from: text.startIndex, to: start))
  }
}
