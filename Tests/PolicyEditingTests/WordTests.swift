import PolicyDiagnostics
import PolicyLint
import PolicySource
import Testing

@testable import PolicyEditing
@testable import PolicySemantics
@testable import PolicySyntax

/// The tables of words beside the checker's and the lexer's own.
@Suite struct `Words` {
  @Test func `the fields of requests and answers are the checker's`() {
    let request = Set(RequestWords.all.map(\.word))
    #expect(request == Set(RequestField.words))
    let answer = Set(AnswerWords.all.map(\.word))
    #expect(answer == Set(AnswerField.allCases.map(\.rawValue)))
    let model = Set(DecisionWords.model.map(\.word))
    #expect(model == Set(ModelField.allCases.map { "model." + $0.rawValue }))
    let options = Set(ParameterWords.options.map(\.word))
    #expect(options == Set(CallOption.Kind.allCases.map(\.rawValue)))
  }

  @Test func `no field can be a name`() {
    for field in FieldName.all {
      #expect(RequestWords.isField(field) || AnswerWords.isField(field), "\(field)")
    }
  }

  @Test func `the words that open declarations and lines are the parser's`() {
    #expect(DeclarationWords.all == Set(Keyword.declarations))
    let blocks: [(CursorBlock, BlockKind)] = [
      (.route, .routeLines), (.arm, .armLines), (.ladder, .ladderLines),
      (.classifier, .classifierLines), (.compress, .compressLines), (.guarding, .guardLines),
      (.test, .testLines),
    ]
    for (block, kind) in blocks {
      #expect(block.heads == Set(kind.keywords.map(\.rawValue)), "\(kind.thing)")
    }
    for keyword in Keyword.declarations {
      #expect(Snippets.declarations.contains { $0.label == keyword.rawValue }, "\(keyword)")
    }
  }

  @Test func `what can be allowed is what the checker lets be allowed`() throws {
    for page in RuleWords.allowed {
      let policy = try MarkedPolicy(
        "rung 1\ncatalog \"catalog.yaml\"\n@allow(\(page.code.rawValue), reason: \"x\")\n"
          + "otherwise { use small }\n")
      let unknown = policy.errors.filter { $0.contains("rule") && $0.contains("unknown") }
      #expect(unknown.isEmpty, "\(page.code.rawValue): \(unknown)")
    }
  }

  /// Every declaration to fill in parses as it stands, its places filled with what they suggest.
  @Test(arguments: Snippets.declarations.filter { $0.label != "@allow" })
  func `a declaration to fill in parses`(snippet: Snippet) {
    let text = "rung 1\n" + Self.filled(snippet.body) + "\n"
    let parsed = PolicyParser.parse(SourceFile(path: "p", text: text))
    let problems = parsed.diagnostics.map(\.message)
    #expect(problems.isEmpty, "\(text): \(problems)")
  }

  static func filled(_ body: String) -> String {
    var text = ""
    var rest = body[...]
    while let character = rest.popFirst() {
      if character == "\\" {
        if let next = rest.popFirst() { text.append(next) }
      } else if character == "$", rest.first == "{" {
        rest = rest.drop { $0 != ":" }.dropFirst()
        var place = ""
        while let next = rest.popFirst(), next != "}" {
          if next == "\\", let escaped = rest.popFirst() {
            place.append(escaped)
          } else {
            place.append(next)
          }
        }
        text += place
      } else if character == "$" {
        rest = rest.dropFirst()
      } else {
        text.append(character)
      }
    }
    return text
  }
}
