import ArgumentParser
import BundleFiles

struct BundleMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Pack a policy; the word `make` may be left out.",
    discussion: """
      Prints the digest of the whole file, which is what `sha256sum` says of it. A policy with errors \
      is not packed. Files lie in the bundle as they lie to each other, from the deepest folder they \
      share; a path from the root would not be found on another machine and is refused.

      EXAMPLES
        rung bundle make policies/support -o support.bundle
        digest=$(rung bundle policies/support --tests -o support.bundle)
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  @Flag(help: "Pack policy_test.rung and policy_WORDS_test.rung too.")
  var tests = false

  func run() throws {
    let draft = try BundleDraft(policy, withTests: tests)
    try Files.keep(draft.read, from: output)
    let file = try FileDraft(for: output)
    do {
      try file.write(draft.bytes)
      try file.put()
    } catch {
      file.discard()
      throw error
    }
    Terminal.out("\(draft.bundle.digest)")
  }
}
