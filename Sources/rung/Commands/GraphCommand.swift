import ArgumentParser
import JSONWriting
import PolicyCompiler
import PolicyPictures

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw a policy as it is written.",
    discussion: """
      Tasks and routes in their order, what each route does, its fallbacks, the ladders with their \
      tiers and gates, guards, budgets and refusals. The same policy always makes the same bytes.

      svg      a picture for reviews and documents, light or dark as its viewer prefers \
      html     the picture and the source on one page that needs no network; boxes lead to their lines \
      dot      for Graphviz \
      mermaid  a flowchart many review tools draw in place \
      json     boxes, arrows and the places in the policy they come from

      EXAMPLES
        rung graph policies/support --output support.svg
        rung graph policies/support --format html --output support.html
        rung graph policies/support --format dot | dot -Tpdf -o support.pdf
        rung graph policies/support --format mermaid
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Option(help: "What to draw it as.")
  var format = PictureFormat.svg

  @Option(
    name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file()
  )
  var output: String?

  func run() throws {
    try Files.keep([policy], from: output)
    let compiled = try PolicyCompilation(policy).sound()
    try Files.deliver(text(of: compiled), to: output)
  }

  private func text(of compiled: CompiledPolicy) -> String {
    let picture = PolicyPicture(compiled.policy, path: compiled.path)
    switch format {
    case .svg: return PictureSVG(picture).document
    case .html: return PicturePage(compiled.policy, path: compiled.path).text
    case .dot: return PictureDOT.text(of: picture)
    case .mermaid: return PictureMermaid.text(of: picture)
    case .json:
      var json = JSONWriter(.indented)
      PictureJSON.write(picture, to: &json)
      return json.text + "\n"
    }
  }
}

/// What a picture is drawn as.
enum PictureFormat: String, ExpressibleByArgument, CaseIterable {
  case svg, html, dot, mermaid, json
}
