import PolicyImport
import PolicySource
import Testing

/// One error, at its place, with what to do; and never a word of the file, which may hold keys.
@Suite struct `Files that cannot be read` {
  private static let deep = String(repeating: "[", count: 300)

  @Test(arguments: [
    (#"{"targets": \#(deep)"#, "1:76: more than 64 brackets are open in each other"),
    ("{\"targets\": [],\n \"targets\": []}", "2:2: a key stands here that stood on line 1 already"),
    (#"{"targets": [{"api_key": "sk-1234"#, "the JSON ends before it is complete"),
    (#"{"targets": sk-1234}"#, "1:13: from here on it is no JSON"),
    ("{\"targets\": \"sk-1234\u{1}\"}", "from here on it is no JSON"),
    ("", "there is nothing in it"),
    (" \n\t", "there is nothing in it"),
    ("[1, 2]", "1: a configuration is a mapping from keys to values"),
    (#""sk-1234""#, "1: a configuration is a mapping from keys to values"),
  ])
  func `as JSON say where and why`(text: String, says: String) {
    Self.expect(Array(text.utf8), as: .portkey, says)
  }

  @Test func `as JSON say that their bytes are no UTF-8`() {
    Self.expect(Array(#"{"targets": "sk-1234"#.utf8) + [0xFF, 0x22, 0x7D], as: .portkey, "UTF-8")
  }

  @Test(
    arguments: [
      ("model_list: \(deep)", "too_deep"),
      ("model_list: [sk-1234, *all]", "yaml_anchor"),
      ("model_list: [sk-1234\n", "yaml_"),
      ("model_list: []\nmodel_list: [sk-1234]", "yaml_duplicate_key"),
      ("", "there is nothing in it"),
      ("# only a word\n", "there is nothing in it"),
      ("sk-1234", "a configuration is a mapping from keys to values"),
      ("\u{0}\u{1}\u{2}sk-1234", "yaml_"),
    ], [RouterFormat.litellm, .semanticRouter])
  func `as YAML say where and why`(
    sample: (text: String, says: String), format: RouterFormat
  ) {
    Self.expect(Array(sample.text.utf8), as: format, sample.says)
  }

  private static func expect(_ bytes: [UInt8], as format: RouterFormat, _ says: String) {
    do throws(ImportProblem) {
      _ = try PolicyImport.read(format, SourceFile(id: SourceID(0), path: "sample", bytes: bytes))
      Issue.record("it was read")
    } catch {
      #expect(error.words.contains(says), "\(error.words)")
      #expect(!error.words.contains("1234") && !error.words.contains("\n"), "\(error.words)")
    }
  }
}
