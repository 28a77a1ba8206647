/// What a page of HTML says, for the check: its words without the tags.
enum PageText {
  /// Whether a text has exactly the visible words of a page, in order, with the addresses of its links
  /// and the texts of its pictures; not if the page has tags or attributes that say more than words do.
  static func says(_ page: [UInt8], _ text: [UInt8]) -> Bool {
    let whole = String(decoding: page, as: UTF8.self)
    guard !page.contains(0x60), !whole.contains("~~~"), let seen = visible(whole) else {
      return false
    }
    let wanted = seen.split(whereSeparator: isSpace)
    let found = String(decoding: text, as: UTF8.self).unicodeScalars.split(whereSeparator: isSpace)
    return wanted.elementsEqual(found) { $0.elementsEqual($1) }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || ("\t"..."\r").contains(scalar)
  }

  /// The scalars between the tags; a tag of a block or a cell counts as a space.
  private static func visible(_ page: String) -> [Unicode.Scalar]? {
    var result: [Unicode.Scalar] = []
    var rest = page.unicodeScalars[...]
    var addresses: [String] = []
    var lists = 0
    while let scalar = rest.first {
      guard scalar == "<" else {
        guard let read = character(&rest) else { return nil }
        result.append(read)
        continue
      }
      if rest.starts(with: "<!--".unicodeScalars) {
        guard drop(&rest, through: "-->") else { return nil }
        continue
      }
      guard let tag = tag(&rest) else { return nil }
      guard tag.attributes.keys.allSatisfy({ !telling.contains($0) && !$0.hasPrefix("aria-") })
      else { return nil }
      switch tag.name {
      case "style", "script":
        guard drop(&rest, through: "</\(tag.name)") || tag.isClosing, drop(&rest, through: ">")
        else {
          return nil
        }
      case "a":
        if tag.isClosing {
          if let address = addresses.popLast() { result += " (\(address))".unicodeScalars }
        } else if let address = tag.attributes["href"], !address.isEmpty, !address.hasPrefix("#") {
          addresses.append(address)
        }
      case "img": if let text = tag.attributes["alt"] { result += text.unicodeScalars }
      case "abbr", "b", "big", "cite", "em", "font", "i", "label", "mark", "small", "span",
        "strong",
        "time", "u", "wbr", "address":
        break
      // What changes a text by where it stands, and what is code, is no page of ours.
      case "sup", "sub", "del", "ins", "s", "strike", "q", "pre", "code", "textarea", "ol", "dl",
        "blockquote", "noscript", "template", "details":
        return nil
      case "ul":
        lists += tag.isClosing ? -1 : 1
        guard lists < 2 else { return nil }
        result.append(" ")
      case "li": result += (tag.isClosing ? " " : " - ").unicodeScalars
      case "h1", "h2", "h3", "h4", "h5", "h6":
        let level = Int(tag.name.dropFirst()) ?? 1
        let mark = tag.isClosing ? "" : String(repeating: "#", count: level)
        result += " \(mark) ".unicodeScalars
      default: result.append(" ")
      }
    }
    return result
  }

  /// Attributes that hold words, or change what the words of their tag are.
  private static let telling: Set<String> = [
    "title", "hidden", "rowspan", "colspan", "start", "value", "reversed", "datetime", "cite",
    "dir",
    "label", "placeholder", "summary", "abbr",
  ]

  private struct Tag {
    var name = ""
    var isClosing = false
    var attributes: [String: String] = [:]
  }

  /// Reads a tag, from `<` to `>`.
  private static func tag(_ rest: inout Substring.UnicodeScalarView) -> Tag? {
    rest.removeFirst()
    var tag = Tag()
    if rest.first == "/" {
      tag.isClosing = true
      rest.removeFirst()
    }
    tag.name = String(
      String.UnicodeScalarView(rest.prefix { $0 != ">" && $0 != "/" && !isSpace($0) })
    ).lowercased()
    rest = rest.dropFirst(tag.name.unicodeScalars.count)
    while let scalar = rest.first, scalar != ">" {
      if isSpace(scalar) || scalar == "/" {
        rest.removeFirst()
        continue
      }
      let name = rest.prefix { $0 != "=" && $0 != ">" && !isSpace($0) }
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else {
        if name.isEmpty { rest = rest.dropFirst() }
        tag.attributes[String(String.UnicodeScalarView(name)).lowercased()] = ""
        continue
      }
      rest.removeFirst()
      guard let quote = rest.first, quote == "\"" || quote == "'" else { continue }
      rest.removeFirst()
      var value = String.UnicodeScalarView()
      while let scalar = rest.first, scalar != quote {
        guard let read = character(&rest) else { return nil }
        value.append(read)
        _ = scalar
      }
      guard !rest.isEmpty else { return nil }
      rest.removeFirst()
      let key = String(String.UnicodeScalarView(name)).lowercased()
      if tag.attributes[key] == nil { tag.attributes[key] = String(value) }
    }
    guard !rest.isEmpty else { return nil }
    rest.removeFirst()
    return tag
  }

  private static func drop(
    _ rest: inout Substring.UnicodeScalarView, through end: String
  ) -> Bool {
    let wanted = Array(end.unicodeScalars)
    while !rest.isEmpty {
      let head = rest.prefix(wanted.count)
      if head.count == wanted.count,
        zip(head, wanted).allSatisfy({ $0.properties.lowercaseMapping == String($1) })
      {
        rest = rest.dropFirst(wanted.count)
        return true
      }
      rest.removeFirst()
    }
    return false
  }

  /// Reads one scalar, an entity as what it stands for.
  private static func character(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    guard let scalar = rest.first else { return nil }
    rest.removeFirst()
    guard scalar == "&" else { return scalar }
    let name = rest.prefix { $0 != ";" && !isSpace($0) && $0 != "<" && $0 != "&" }
    guard rest.dropFirst(name.count).first == ";" else { return scalar }
    let text = String(String.UnicodeScalarView(name))
    guard let read = Self.entity(text) else { return nil }
    rest = rest.dropFirst(name.count + 1)
    return read
  }

  private static func entity(_ name: String) -> Unicode.Scalar? {
    if let number = name.wholeNumber { return Unicode.Scalar(number) }
    guard let place = names.firstIndex(of: name) else { return nil }
    return scalars[place]
  }

  /// Kept apart from the table of the transform, so that an error in one shows.
  private static let names = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "euro", "pound", "yen", "cent", "copy", "reg",
    "trade", "hellip", "mdash", "ndash", "lsquo", "rsquo", "ldquo", "rdquo", "laquo", "raquo",
    "bull", "middot", "deg", "plusmn", "times", "divide", "frac12", "le", "ge", "ne", "auml",
    "ouml", "uuml", "Auml", "Ouml", "Uuml", "szlig", "eacute", "egrave", "agrave", "ccedil",
    "ntilde", "oacute", "aacute", "iacute", "uacute", "ecirc", "sect", "rarr", "larr",
  ]
  private static let scalars = Array(
    ("&<>\"'\u{A0}€£¥¢©®™…—–‘’“”«»•·°±×÷½≤≥≠äöüÄÖÜßéèàçñóáíúê§→←").unicodeScalars)
}

extension String {
  /// `#39`, `#x27`.
  fileprivate var wholeNumber: UInt32? {
    guard hasPrefix("#") else { return nil }
    let digits = dropFirst()
    guard let mark = digits.first, mark == "x" || mark == "X" else { return UInt32(digits) }
    return UInt32(digits.dropFirst(), radix: 16)
  }
}
