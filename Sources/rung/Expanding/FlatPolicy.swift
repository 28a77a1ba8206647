import Foundation
import JSONWriting
import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace
import ZoneClock

/// A policy with its imports written into it, held against the policy before it is given out.
struct FlatPolicy {
  let expanded: ExpandedPolicy
  private let path: String
  private let files: [String]

  /// Of a policy without errors; paths in it read from where `output` is, or from the policy.
  init(_ policy: PolicyCompilation, to output: String?) throws(CommandFailure) {
    path = policy.path
    files = policy.files.map(\.source.path)
    // What is printed stands in for the policy.
    let place = output ?? policy.path
    let here = FileManager.default.currentDirectoryPath
    func expand(allowing: Set<Int>) -> ExpandedPolicy {
      PolicyExpander.expand(
        policy.files, to: place, absolute: { PolicyPath.joined($0, to: here + "/") },
        allowing: allowing)
    }
    var expanded = expand(allowing: [])
    /// As if it stood there, with the files the policy read.
    func compile() -> PolicyCompilation {
      let text = Array(expanded.text.utf8)
      return PolicyCompilation(path: place, today: Moment.today, zones: { TimeZones.ofThisMachine })
      {
        $0 == place ? text : policy.kept.bytes(of: $0) ?? Files.bytes($0)
      }
    }
    var flat = compile()
    if let file = flat.files.first {
      let unused = PolicyExpander.unused(in: file, flat.diagnostics, among: expanded.declarations)
      if !unused.isEmpty {
        expanded = expand(allowing: unused)
        flat = compile()
      }
    }
    if let error = flat.diagnostics.firstError(in: flat.sources) {
      throw CommandFailure(
        "the flat policy would not check, so it is not written: \(error)", exit: .couldNotRun)
    }
    self.expanded = expanded
  }

  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("policy", path)
      json.array("files") { json in for file in files { json.string(file) } }
      json.array("declarations") { json in
        for origin in expanded.declarations {
          json.object { json in
            json.member("keyword", origin.keyword)
            if let name = origin.name { json.member("name", name) }
            json.member("file", origin.path)
            json.member("line", origin.place.line)
            json.member("column", origin.place.column)
            json.member("imported", origin.isImported)
            json.member("text_line", origin.line)
          }
        }
      }
      json.member("text", expanded.text)
    }
    return json.text
  }
}
