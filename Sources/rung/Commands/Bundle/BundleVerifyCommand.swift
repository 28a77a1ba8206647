import ArgumentParser
import BundleFiles
import PolicyUnits

struct BundleVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove that a bundle is what was packed.",
    discussion: """
      Every file is held against its digest in bundle.json. Whoever changes a file and bundle.json \
      with it is found by --digest, the digest of the whole that `rung bundle` printed; keep it \
      elsewhere than the bundle. Exits 1 and names the first file that is not what was packed.

      EXAMPLES
        rung bundle verify support.bundle
        rung bundle verify support.bundle --digest sha256:9f86d081884c7d65…
      """)

  @Argument(help: "The bundle.", completion: .file())
  var file: String

  @Option(help: "The digest of the whole, as `rung bundle` printed it.")
  var digest: SHA256Digest?

  func run() throws {
    let supply = try PolicySupply(bundle: file, digest: digest)
    guard case .bundle(let bundle, _) = supply else { return }
    let asked = digest == nil ? "" : ", as asked for"
    Terminal.out(
      "\(file): \(Amounts.count(bundle.files.count, "file")) as packed, \(bundle.digest)\(asked)")
  }
}

extension SHA256Digest: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
