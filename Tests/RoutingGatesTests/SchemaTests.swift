import RoutingGates
import Testing

@Suite struct `JSON schemas` {
  struct Case: CustomTestStringConvertible {
    let schema: String
    let accepts: [String]
    let rejects: [String]

    var testDescription: String { schema }
  }

  static let cases = [
    Case(schema: "true", accepts: ["1", "null"], rejects: ["", "{"]),
    Case(schema: "false", accepts: [], rejects: ["1"]),
    Case(
      schema: #"{"type": ["integer", "null"]}"#, accepts: ["1", "1.0", "1e2", "100e-2", "null"],
      rejects: ["1.5", "\"1\"", "1e-1"]),
    Case(schema: #"{"type": "boolean"}"#, accepts: ["true"], rejects: ["1"]),
    Case(
      schema: #"{"enum": [1, "a", [1, {"b": 2}]]}"#, accepts: ["1.0", "\"a\"", "[1,{\"b\":2.0}]"],
      rejects: ["2", "[1]"]),
    Case(schema: #"{"const": {"a": 1, "b": 2}}"#, accepts: [#"{"b":2,"a":1}"#], rejects: ["{}"]),
    Case(
      schema: #"{"minimum": 0.1, "exclusiveMaximum": 10}"#, accepts: ["0.1", "9.99", "\"text\""],
      rejects: ["0.09", "10", "1e1", "-1"]),
    Case(
      schema: #"{"minLength": 2, "maxLength": 3, "pattern": "^[a-zé]+$"}"#,
      accepts: ["\"ab\"", "\"\\u00e9a\""], rejects: ["\"a\"", "\"abcd\"", "\"AB\""]),
    Case(
      schema: #"{"items": {"type": "string"}, "minItems": 1, "maxItems": 2, "uniqueItems": true}"#,
      accepts: [#"["a"]"#, #"["a", "b"]"#],
      rejects: ["[]", "[1]", #"["a", "a"]"#, #"["a", "b", "c"]"#]),
    Case(
      schema: #"{"prefixItems": [{"type": "string"}], "items": false}"#,
      accepts: [#"["a"]"#, "[]"],
      rejects: ["[1]", #"["a", 1]"#]),
    Case(
      schema:
        #"{"properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false}"#,
      accepts: [#"{"a": "x"}"#], rejects: ["{}", #"{"a": 1}"#, #"{"a": "x", "b": 1}"#]),
    Case(
      schema: #"{"minProperties": 1, "maxProperties": 1}"#, accepts: [#"{"a": 1}"#],
      rejects: ["{}", #"{"a": 1, "b": 2}"#]),
    Case(
      schema: #"{"anyOf": [{"type": "string"}, {"minimum": 5}]}"#, accepts: ["\"a\"", "5"],
      rejects: ["4"]),
    Case(
      schema: #"{"oneOf": [{"minimum": 0}, {"maximum": 10}]}"#, accepts: ["-1", "11"],
      rejects: ["5"]),
    Case(schema: #"{"not": {"type": "string"}}"#, accepts: ["1"], rejects: ["\"a\""]),
    Case(
      schema:
        ##"{"$defs": {"node/a": {"properties": {"next": {"$ref": "#/$defs/node~1a"}}, "additionalProperties": false}}, "$ref": "#/$defs/node~1a"}"##,
      accepts: [#"{"next": {"next": {}}}"#], rejects: [#"{"next": {"other": 1}}"#]),
    Case(schema: ##"{"$ref": "#"}"##, accepts: [], rejects: ["1"]),
    Case(
      schema: ##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}"##, accepts: [], rejects: ["1"]),
    Case(
      schema: #"{"type": "string", "title": "t", "description": "d", "format": "date"}"#,
      accepts: ["\"a\""], rejects: ["1"]),
  ]

  @Test(arguments: cases)
  func `accepts what it describes and nothing else`(_ held: Case) throws {
    let schema = try JSONSchema(held.schema)
    for text in held.accepts { #expect(schema.accepts(text), "\(text)") }
    for text in held.rejects { #expect(!schema.accepts(text), "\(text)") }
  }

  @Test(arguments: [
    (#"{"if": true}"#, SchemaProblem.unsupported(keyword: "if", path: "#")),
    (
      #"{"properties": {"a": {"multipleOf": 2}}}"#,
      .unsupported(keyword: "multipleOf", path: "#/properties/a")
    ),
    (#"{"$ref": "https://example.com/a"}"#, .unresolved(reference: "https://example.com/a")),
    (##"{"$ref": "#/$defs/a"}"##, .unresolved(reference: "#/$defs/a")),
    (##"{"$ref": "#/$defs/-1", "$defs": {}}"##, .unresolved(reference: "#/$defs/-1")),
    (##"{"$ref": "#/anyOf/-1", "anyOf": [true]}"##, .unresolved(reference: "#/anyOf/-1")),
    (##"{"$ref": "#/anyOf/+0", "anyOf": [true]}"##, .unresolved(reference: "#/anyOf/+0")),
    (#"{"type": "text"}"#, .malformed(keyword: "type", path: "#")),
    (#"{"minLength": -1}"#, .malformed(keyword: "minLength", path: "#")),
    ("[]", .notASchema(path: "#")), ("{", .notJSON),
  ])
  func `refuses by name what it cannot hold`(_ text: String, _ problem: SchemaProblem) {
    let error = #expect(throws: SchemaProblem.self) { try JSONSchema(text) }
    #expect(error == problem)
  }

  /// What was not looked at to its end is not accepted, however often it is turned round.
  @Test(arguments: [##"{"not": {"$ref": "#"}}"##, ##"{"oneOf": [true, {"not": {"$ref": "#"}}]}"##])
  func `accepts nothing where references go in circles`(_ text: String) throws {
    #expect(try !JSONSchema(text).accepts("1"))
  }
}
