package import PolicyDiagnostics

extension DiagnosticCode {
  package static let yamlTooLarge = DiagnosticCode("yaml_too_large")
  package static let yamlBadUTF8 = DiagnosticCode("yaml_bad_utf8")
  package static let yamlControlCharacter = DiagnosticCode("yaml_control_character")
  package static let yamlSyntax = DiagnosticCode("yaml_syntax")
  package static let yamlTab = DiagnosticCode("yaml_tab")
  package static let yamlTooDeep = DiagnosticCode("yaml_too_deep")
  package static let yamlTooManyNodes = DiagnosticCode("yaml_too_many_nodes")
  package static let yamlSeveralDocuments = DiagnosticCode("yaml_several_documents")
  package static let yamlTag = DiagnosticCode("yaml_tag")
  package static let yamlAnchor = DiagnosticCode("yaml_anchor")
  package static let yamlMergeKey = DiagnosticCode("yaml_merge_key")
  package static let yamlKey = DiagnosticCode("yaml_key")
  package static let yamlDuplicateKey = DiagnosticCode("yaml_duplicate_key")
  package static let yamlNotJSON = DiagnosticCode("yaml_not_json")
}
