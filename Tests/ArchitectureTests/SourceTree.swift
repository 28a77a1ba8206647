import Foundation
import Testing

/// The project's own Swift files, read as text.
struct SourceTree {
  struct File: CustomTestStringConvertible {
    /// From the project's root: `Sources/PolicyGraph/Index/Box.swift`.
    let path: String
    let lines: [String]

    var module: String { String(path.split(separator: "/")[1]) }
    var testDescription: String { path }

    /// The modules it imports, whatever the access level written before `import`.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else {
          return nil
        }
        let before = words[..<keyword]
        let modifiers: Set<Substring> = ["package", "public", "internal", "private", "@testable"]
        guard before.allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") }) else { return nil }
        // A list of words may have a line that begins with this one.
        guard words[keyword + 1].first?.isLetter == true else { return nil }
        return String(words[keyword + 1].split(separator: ".")[0])
      }
    }

    /// Lines of code with comments and the content of string literals taken out.
    var code: [(number: Int, text: String)] {
      var inBlockString = false
      return lines.enumerated().compactMap { index, line in
        let quotes = line.components(separatedBy: "\"\"\"").count - 1
        defer { if quotes % 2 == 1 { inBlockString.toggle() } }
        if inBlockString || quotes > 0 { return nil }
        let trimmed = line.drop { $0 == " " }
        if trimmed.hasPrefix("//") { return nil }
        return (index + 1, Self.withoutStrings(line))
      }
    }

    private static func withoutStrings(_ line: String) -> String {
      var result = ""
      var inString = false
      var escaped = false
      var previous: Character = " "
      for character in line {
        if escaped {
          escaped = false
        } else if inString, character == "\\" {
          escaped = true
        } else if character == "\"" {
          inString.toggle()
        } else if !inString {
          if character == "/", previous == "/" { return String(result.dropLast()) }
          result.append(character)
        }
        previous = character
      }
      return result
    }
  }

  let root: URL
  let sources: [File]
  let tests: [File]

  static let shared = SourceTree()

  private init() {
    root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    sources = Self.files(under: "Sources", of: root)
    tests = Self.files(under: "Tests", of: root)
  }

  private static func files(under folder: String, of root: URL) -> [File] {
    let base = root.appending(path: folder)
    guard
      let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    else { return [] }
    var files: [File] = []
    for case let url as URL in walk where url.pathExtension == "swift" {
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      let path = folder + String(url.path.dropFirst(base.path.count))
      files.append(File(path: path, lines: text.components(separatedBy: "\n")))
    }
    return files.sorted { $0.path < $1.path }
  }
}
