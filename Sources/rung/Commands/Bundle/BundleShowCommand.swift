import ArgumentParser
import BundleFiles
import JSONWriting

struct BundleShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say what a bundle holds, after proving it.",
    discussion: """
      `tar -tvf FILE` lists the files too, and `tar -xOf FILE bundle.json` prints the list as it is.

      EXAMPLES
        rung bundle show support.bundle
        rung bundle show support.bundle --format json
      """)

  @Argument(help: "The bundle.", completion: .file())
  var file: String

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let supply = try PolicySupply(bundle: file, digest: nil)
    guard case .bundle(let bundle, _) = supply else { return }
    switch format {
    case .text: Terminal.out(text(of: bundle))
    case .json: Terminal.out(json(of: bundle))
    }
  }

  private func text(of bundle: PolicyBundle) -> String {
    let manifest = bundle.manifest
    var lines = [
      "bundle   \(bundle.digest)", "policy   \(Terminal.harmless(manifest.policy))",
      "made by  rung \(manifest.rung)",
      "decides  policy \(manifest.policyFingerprint) · catalog \(manifest.catalogFingerprint)",
      "needs    \(manifest.environment.isEmpty ? "no key" : manifest.environment.joined(separator: ", "))",
    ]
    let width = manifest.files.map { "\($0.bytes)".count }.max() ?? 0
    for file in manifest.files {
      let size = String(repeating: " ", count: width - "\(file.bytes)".count) + "\(file.bytes)"
      lines.append("  \(file.digest.hex.prefix(16))  \(size)  \(Terminal.harmless(file.path))")
    }
    return lines.joined(separator: "\n")
  }

  private func json(of bundle: PolicyBundle) -> String {
    let manifest = bundle.manifest
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("digest", "\(bundle.digest)")
      json.key("bundle")
      json.raw(manifest.text.utf8)
    }
    return json.text
  }
}
