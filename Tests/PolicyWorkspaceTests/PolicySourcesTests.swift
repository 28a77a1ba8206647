import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyWorkspace
import Testing

@Suite struct `The kept files of a policy` {
  private let files = [
    "p/policy.rung":
      "rung 1\ncatalog \"catalog.yaml\"\nimport \"org/gates.rung\"\n"
      + "ladder cheap { tier qwen3-8b accept good }\n"
      + "route a when stream { prepend system file \"terse.md\" use cheap }\n"
      + "otherwise { use qwen3-8b }\n",
    "p/catalog.yaml": "models: {}",
    "p/org/gates.rung": "rung 1\ngate good = schema(\"s.json\") and not refusal\n",
    "p/terse.md": "Be brief.",
    "p/org/s.json": "{}",
    "p/unrelated.rung": "rung 1",
  ]

  private func load(_ path: String, _ read: (String) -> [UInt8]?) -> LoadedPolicy {
    PolicyLoader.load(path: path, read: read, catalog: { _ in (.forPages, []) })
  }

  private func load() -> LoadedPolicy { load("p/policy.rung") { files[$0].map { Array($0.utf8) } } }

  @Test func `are all it was made of, and nothing else`() {
    #expect(
      load().kept.files.map(\.path) == [
        "p/policy.rung", "p/org/gates.rung", "p/catalog.yaml", "p/terse.md", "p/org/s.json",
      ])
  }

  @Test func `make the same policy again`() throws {
    let first = load()
    let kept = try PolicySources(archive: first.kept.archive)
    #expect(kept == first.kept)
    let again = load(kept.path) { kept.bytes(of: $0) }
    #expect(again.fingerprint == first.fingerprint)
    #expect(again.checked != nil && again.kept == kept)
    #expect(again.kept.archive == first.kept.archive)
  }

  @Test func `are refused at every length but the whole, and changed bytes never crash`() {
    let archive = load().kept.archive
    for length in archive.indices {
      #expect(throws: RecordProblem.self) {
        _ = try PolicySources(archive: Array(archive[..<length]))
      }
    }
    for at in archive.indices {
      for bit in UInt8(0)..<8 {
        var changed = archive
        changed[at] ^= 1 << bit
        guard let kept = try? PolicySources(archive: changed) else { continue }
        #expect(kept.archive == changed)
      }
    }
  }
}
