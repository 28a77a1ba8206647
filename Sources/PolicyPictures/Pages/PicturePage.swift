package import PolicySemantics

/// One policy on one page: its picture, and its source beside it.
///
/// A click on a box leads to the line that wrote it.
package struct PicturePage {
  package let text: String

  package init(_ policy: CheckedPolicy, path: String) {
    let picture = PolicyPicture(policy, path: path)
    let source = SourceListing(policy.sources, showing: picture.paths.union([path]))
    let svg = PictureSVG(picture) { source.link(path: $0.path, line: $0.line) }
    text = HTMLPage.text(title: path, main: HTMLPage.figure(svg), source: source)
  }
}

extension PolicyPicture {
  /// The files its boxes were written in.
  package var paths: Set<String> {
    Set(nodes.compactMap(\.place?.path)).union(groups.compactMap(\.place?.path))
  }
}
