import CMarkdown

/// CommonMark with GitHub's tables, as HTML.
///
/// The only door to the library that reads it. Code blocks and comments are the caller's to write;
/// every heading gets an anchor.
struct Markdown {
  /// A heading and where it is on its page.
  struct Heading: Equatable {
    let level: Int
    let text: String
    let anchor: String
  }

  /// A part of a page: a heading and the plain text below it, up to the next.
  struct Section {
    let heading: Heading
    var text: String
  }

  private(set) var html = ""
  private(set) var sections: [Section] = []
  /// Every code block as written: what stands behind its fence, and its text.
  private(set) var code: [(info: String, text: String)] = []
  private var anchors: Set<String> = []

  var headings: [Heading] { sections.map(\.heading) }

  /// `block` writes a code block from its info string and text, `comment` what takes the place of a
  /// comment; `link` says where a link leads, nil to leave only its words.
  init(
    _ text: String, block: (String, String) -> String, comment: (String, Heading?) -> String,
    link: (String) -> String?
  ) {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = unsafe cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8) else {
      return
    }
    defer { unsafe cmark_parser_free(parser) }
    if let table = unsafe cmark_find_syntax_extension("table") {
      unsafe cmark_parser_attach_syntax_extension(parser, table)
    }
    unsafe cmark_parser_feed(parser, text, text.utf8.count)
    guard let document = unsafe cmark_parser_finish(parser) else { return }
    defer { unsafe cmark_node_free(document) }
    unsafe rewriteLinks(below: document, link)
    var node = unsafe cmark_node_first_child(document)
    while let current = unsafe node {
      unsafe node = cmark_node_next(current)
      let kind = unsafe cmark_node_get_type(current)
      if kind == CMARK_NODE_HEADING {
        unsafe addHeading(current, parser)
      } else if kind == CMARK_NODE_CODE_BLOCK {
        let info = unsafe Self.string(cmark_node_get_fence_info(current))
        let text = unsafe Self.string(cmark_node_get_literal(current))
        code.append((info, text))
        html += block(info, text)
        addText(text)
      } else if kind == CMARK_NODE_HTML_BLOCK {
        html += comment(unsafe Self.string(cmark_node_get_literal(current)), headings.last)
      } else {
        html += unsafe Self.rendered(current, parser)
        addText(unsafe Self.plain(current))
      }
    }
  }

  private mutating func addText(_ text: String) {
    guard !sections.isEmpty else { return }
    sections[sections.count - 1].text += text + " "
  }

  private mutating func addHeading(
    _ node: OpaquePointer, _ parser: OpaquePointer
  ) {
    let text = unsafe Self.plain(node).trimmed
    let level = Int(unsafe cmark_node_get_heading_level(node))
    let heading = Heading(level: level, text: text, anchor: newAnchor(text))
    let rendered = unsafe Self.rendered(node, parser)
    html += rendered.replacing(
      "<h\(level)>", with: "<h\(level) id=\"\(heading.anchor)\">", maxReplacements: 1)
    sections.append(Section(heading: heading, text: ""))
  }

  /// As GitHub makes them, so that links work in both places.
  private mutating func newAnchor(_ text: String) -> String {
    let kept = text.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
    let anchor = kept.replacing(" ", with: "-")
    var candidate = anchor
    var number = 1
    while !anchors.insert(candidate).inserted {
      candidate = "\(anchor)-\(number)"
      number += 1
    }
    return candidate
  }

  private func rewriteLinks(
    below document: OpaquePointer, _ link: (String) -> String?
  ) {
    guard let walk = unsafe cmark_iter_new(document) else { return }
    defer { unsafe cmark_iter_free(walk) }
    var orphans: [OpaquePointer] = unsafe []
    while unsafe cmark_iter_next(walk) != CMARK_EVENT_DONE {
      guard let node = unsafe cmark_iter_get_node(walk),
        unsafe cmark_iter_get_event_type(walk) == CMARK_EVENT_EXIT,
        unsafe cmark_node_get_type(node) == CMARK_NODE_LINK
      else { continue }
      if let target = link(unsafe Self.string(cmark_node_get_url(node))) {
        unsafe cmark_node_set_url(node, target)
      } else {
        unsafe orphans.append(node)
      }
    }
    while let node = unsafe orphans.popLast() {
      while let child = unsafe cmark_node_first_child(node) {
        unsafe cmark_node_insert_before(node, child)
      }
      unsafe cmark_node_unlink(node)
      unsafe cmark_node_free(node)
    }
  }

  private static func rendered(
    _ node: OpaquePointer, _ parser: OpaquePointer
  ) -> String {
    guard
      let text = unsafe cmark_render_html(
        node, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser))
    else { return "" }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// The words below a node.
  private static func plain(_ top: OpaquePointer) -> String {
    guard let walk = unsafe cmark_iter_new(top) else { return "" }
    defer { unsafe cmark_iter_free(walk) }
    var text = ""
    while unsafe cmark_iter_next(walk) != CMARK_EVENT_DONE {
      guard let node = unsafe cmark_iter_get_node(walk),
        unsafe cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER
      else { continue }
      let kind = unsafe cmark_node_get_type(node)
      if kind == CMARK_NODE_TEXT || kind == CMARK_NODE_CODE {
        text += unsafe string(cmark_node_get_literal(node))
      } else if kind == CMARK_NODE_CODE_BLOCK {
        text += unsafe " " + string(cmark_node_get_literal(node))
      } else if kind == CMARK_NODE_SOFTBREAK || kind == CMARK_NODE_PARAGRAPH {
        text += " "
      } else if unsafe string(cmark_node_get_type_string(node)) == "table_cell" {
        text += " "
      }
    }
    return text
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    unsafe text.map { unsafe String(cString: $0) } ?? ""
  }
}

extension String {
  var trimmed: String {
    String(
      drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
