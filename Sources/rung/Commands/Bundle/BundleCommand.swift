import ArgumentParser

struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Pack a policy with all that is read of it into one file that can be proved.",
    discussion: """
      A bundle is an uncompressed tar: bundle.json, and under files/ the policy, its imports, its \
      catalog, the files they name and its rung.yaml, each with its SHA-256. The same files make the \
      same bytes. It holds the names of the variables with the providers' keys, never a key. Whatever \
      takes a policy takes a bundle.

      EXAMPLES
        rung bundle policies/support -o support.bundle
        rung bundle verify support.bundle --digest sha256:9f86d081884c7d65…
        rung bundle show support.bundle
        rung serve --bundle support.bundle --bundle-digest sha256:9f86d081884c7d65…
      """,
    subcommands: [
      BundleMakeCommand.self, BundleVerifyCommand.self, BundleShowCommand.self,
    ],
    defaultSubcommand: BundleMakeCommand.self)
}
