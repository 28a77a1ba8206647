import JSONWriting
import PolicyImport
import PolicyUnits

/// What an import made of a configuration, in words and as JSON.
struct RouterImportReport {
  let imported: ImportedPolicy
  let file: String
  /// The files that were written.
  let written: [String]

  var text: String {
    var lines = ["\(file): \(imported.format.title), \(extent)"]
    if imported.policy != nil {
      lines.append(
        "  "
          + [
            counted(imported.models, "model"), counted(imported.embedders, "embedder"),
            counted(imported.routes, "route"), counted(imported.translated, "setting"),
          ].compactMap(\.self).joined(separator: ", ") + " carried over")
    }
    for kind in ImportFinding.Kind.allCases {
      let found = imported.findings.filter { $0.kind == kind }
      guard !found.isEmpty else { continue }
      lines += ["", kind.words]
      for finding in found {
        lines += [
          "  \(file):\(finding.line): \(finding.what.isEmpty ? "the file" : finding.what)",
          "      \(finding.why)", "      → \(finding.cure)",
        ]
      }
    }
    if !written.isEmpty {
      lines += ["", "wrote \(written.joined(separator: " and "))"]
    } else if imported.policy != nil {
      lines += ["", "nothing was written: -o names a folder for the policy and its catalog"]
    }
    return lines.joined(separator: "\n")
  }

  /// `{"version":1,"format":…,"extent":"in_part","findings":[…],"policy":…,"catalog":…}`.
  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("file", file)
      json.member("format", imported.format.rawValue)
      json.member("extent", imported.extent.rawValue)
      json.member("models", imported.models)
      json.member("embedders", imported.embedders)
      json.member("routes", imported.policy == nil ? 0 : imported.routes)
      json.member("carried_over", imported.translated)
      json.array("findings") { json in
        for finding in imported.findings {
          json.object { json in
            json.member("kind", finding.kind.rawValue)
            json.member("line", finding.line)
            json.member("what", finding.what)
            json.member("why", finding.why)
            json.member("cure", finding.cure)
          }
        }
      }
      json.array("written") { json in
        for path in written { json.string(path) }
      }
      json.member("policy", orNull: imported.policy)
      json.member("catalog", orNull: imported.catalog)
    }
    return json.text
  }

  private var extent: String {
    switch imported.extent {
    case .whole: "all of it"
    case .inPart: "in part"
    case .nothing: "not at all: none of its models can be called from here"
    }
  }

  private func counted(_ count: Int, _ word: String) -> String? {
    count == 0 ? nil : Amounts.count(count, word)
  }
}
