package import PolicyDiagnostics

extension DiagnosticCode {
  package static let catalogEmpty = DiagnosticCode("catalog_empty")
  package static let catalogWrongShape = DiagnosticCode("catalog_wrong_shape")
  package static let catalogUnknownKey = DiagnosticCode("catalog_unknown_key")
  package static let catalogMissingKey = DiagnosticCode("catalog_missing_key")
  package static let catalogBadValue = DiagnosticCode("catalog_bad_value")
  package static let catalogBadName = DiagnosticCode("catalog_bad_name")
  package static let catalogBadURL = DiagnosticCode("catalog_bad_url")
  package static let catalogUnknownProvider = DiagnosticCode("catalog_unknown_provider")
  package static let catalogKeyInFile = DiagnosticCode("catalog_key_in_file")
  package static let catalogBadPrice = DiagnosticCode("catalog_bad_price")
  package static let catalogZeroPrice = DiagnosticCode("catalog_zero_price")
  package static let catalogHighPrice = DiagnosticCode("catalog_high_price")
  package static let catalogConflict = DiagnosticCode("catalog_conflict")
  package static let catalogDuplicate = DiagnosticCode("catalog_duplicate")
  package static let catalogNoEffect = DiagnosticCode("catalog_no_effect")
}
