import Foundation
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import Testing

/// Loads a policy from files kept in memory; the catalog is the vocabulary of the pages.
private func load(
  _ files: [String: String], path: String = "p/policy.rung", tests: [String] = []
) -> LoadedPolicy {
  var files = files
  files["p/catalog.yaml"] = files["p/catalog.yaml"] ?? "models: {}"
  return PolicyLoader.load(
    path: path,
    read: { files[$0].map { Array($0.utf8) } },
    catalog: { file in
      guard file.bytes.starts(with: Array("broken".utf8)) else { return (.forPages, []) }
      return (nil, [Diagnostic(DiagnosticCode("bad_catalog"), .error, "broken", at: file.span)])
    }, tests: tests)
}

private let head = "rung 1\ncatalog \"catalog.yaml\"\n"
private let tail = "\notherwise { use qwen3-8b }\n"

private func found(_ loaded: LoadedPolicy) -> [String] {
  loaded.diagnostics.map { diagnostic in
    let path = loaded.sources[diagnostic.span.file]?.path ?? "?"
    return "\(diagnostic.code.rawValue) \(path) `\(loaded.sources.text(of: diagnostic.span))`"
  }
}

@Suite struct PolicyLoaderTests {
  @Test func `tests beside a policy are its tests, and no part of what it does`() {
    let files = [
      "p/policy.rung": head + "test \"one\" { request { stream = true } expect { calls = 1 } }"
        + tail,
      "p/policy_test.rung":
        "rung 1\ntest \"two\" { request file \"two.json\" expect { calls = 1 } }\n",
      "p/two.json": "{}",
    ]
    let served = load(files)
    let tested = load(files, tests: ["p/policy_test.rung"])
    #expect(found(tested) == [])
    #expect(served.checked?.tests.map(\.title) == ["one"])
    #expect(tested.checked?.tests.map(\.title) == ["one", "two"])
    #expect(served.fingerprint == tested.fingerprint)
  }

  @Test(arguments: [
    ("gate g = refusal", ["not_a_test p/policy_test.rung `gate`"]),
    ("route a when stream { use qwen3-8b }", ["not_a_test p/policy_test.rung `route`"]),
    ("import \"x.rung\"", ["not_a_test p/policy_test.rung `import`"]),
    (
      "test \"one\" { request { stream = true } expect { calls = 1 } }",
      ["duplicate_name p/policy_test.rung `\"one\"`"]
    ),
  ])
  func `a file of tests holds tests and nothing else`(line: String, expected: [String]) {
    let loaded = load(
      [
        "p/policy.rung": head + "test \"one\" { request { stream = true } expect { calls = 1 } }"
          + tail,
        "p/policy_test.rung": "rung 1\n\(line)\n",
      ], tests: ["p/policy_test.rung"])
    #expect(found(loaded) == expected)
    #expect(loaded.checked == nil)
  }

  @Test func `a policy, its imports and the files they name are loaded together`() {
    let loaded = load([
      "p/policy.rung": head + "import \"org/gates.rung\""
        + "\nladder cheap { tier qwen3-8b accept good }\nroute a when stream { prepend system file "
        + "\"terse.md\" use cheap }" + tail,
      "p/org/gates.rung": "rung 1\ngate good = schema(\"s.json\") and not refusal\n",
      "p/terse.md": "Be brief.",
      "p/org/s.json": "{}",
    ])
    #expect(found(loaded) == [])
    #expect(
      loaded.sources.files.map(\.path) == ["p/policy.rung", "p/org/gates.rung", "p/catalog.yaml"])
    #expect(loaded.checked?.files.keys.sorted() == ["p/org/s.json", "terse.md"])
  }

  @Test(arguments: [
    (
      "p/policy.rung", "import \"none.rung\" route a when hijack { use qwen3-8b fallback qwen9 }",
      ["missing_file p/policy.rung `\"none.rung\"`"]
    ),
    (
      "p/policy.rung", "import \"none.rung\" guard g { only models where model.region = ue }",
      ["missing_file p/policy.rung `\"none.rung\"`", "unknown_value p/policy.rung `ue`"]
    ),
    (
      "p/policy.rung", "import \"a.rung\" import \"a.rung\"",
      ["repeated_import p/policy.rung `\"a.rung\"`"]
    ),
    ("p/policy.rung", "import \"../p/b.rung\"", ["import_circle p/c.rung `\"b.rung\"`"]),
    ("p/policy.rung", "import \"policy.rung\"", ["import_circle p/policy.rung `\"policy.rung\"`"]),
    ("p/other.rung", "", ["missing_file p/policy.rung ``"]),
    (
      "p/policy.rung", "gate g = similar(\"gold.jsonl\")",
      ["unused_declaration p/policy.rung `g`", "missing_file p/policy.rung `\"gold.jsonl\"`"]
    ),
  ])
  func `what cannot be brought in is a finding where it is named`(
    path: String, line: String, expected: [String]
  ) {
    let loaded = load([
      path: head + line + tail,
      "p/a.rung": "rung 1\n",
      "p/b.rung": "rung 1\nimport \"c.rung\"\n",
      "p/c.rung": "rung 1\nimport \"b.rung\"\n",
    ])
    #expect(found(loaded) == expected)
    #expect((loaded.checked == nil) == loaded.diagnostics.hasErrors)
  }

  @Test func `a file imported from two places is loaded once`() {
    let loaded = load([
      "p/policy.rung": head + "import \"a.rung\" import \"b.rung\"" + tail,
      "p/a.rung": "rung 1\nimport \"c.rung\"\n",
      "p/b.rung": "rung 1\nimport \"./c.rung\"\n",
      "p/c.rung": "rung 1\ncondition streamed = stream\n",
    ])
    #expect(found(loaded) == [])
    #expect(loaded.checked?.conditions.count == 1)
  }

  @Test func `a broken catalog is the only finding when the policy is sound`() {
    let loaded = load(["p/policy.rung": head + tail, "p/catalog.yaml": "broken"])
    #expect(found(loaded) == ["bad_catalog p/catalog.yaml `broken`"])
    #expect(loaded.checked == nil)
  }

  @Test func `one mistake is one finding although two phases see it`() {
    let loaded = load([
      "p/policy.rung": head + "route a when stream { cache exact for 5 use qwen3-8b }" + tail
    ])
    #expect(loaded.diagnostics.count == 1)
  }

  @Test func `the fingerprint changes with every file that decides and with nothing else`() {
    func fingerprint(_ text: String, catalog: String = "") -> StableHash.Digest {
      load([
        "p/policy.rung": head + "route a when stream { prepend system file \"t.md\" use qwen3-8b }"
          + tail, "p/t.md": text, "p/catalog.yaml": catalog,
      ]).fingerprint
    }
    #expect(fingerprint("Be brief.") == fingerprint("Be brief.", catalog: "other"))
    #expect(fingerprint("Be brief.") != fingerprint("Be long."))
  }
}
