package import PolicyDiagnostics

extension DiagnosticCode {
  package static let keysWrongShape = DiagnosticCode("keys_wrong_shape")
  package static let keysUnknownEntry = DiagnosticCode("keys_unknown_entry")
  package static let keysMissingDigest = DiagnosticCode("keys_missing_digest")
  package static let keysNone = DiagnosticCode("keys_none")
  package static let keysBadValue = DiagnosticCode("keys_bad_value")
  package static let keysBadID = DiagnosticCode("keys_bad_id")
  package static let keysPlainKey = DiagnosticCode("keys_plain_key")
  package static let keysDuplicate = DiagnosticCode("keys_duplicate")
  package static let keysTenantOfAnother = DiagnosticCode("keys_tenant_of_another")
  package static let keysNotYet = DiagnosticCode("keys_not_yet")
  package static let keysOtherSecret = DiagnosticCode("keys_other_secret")
  package static let keysExpired = DiagnosticCode("keys_expired")
  package static let keysUnknownFact = DiagnosticCode("keys_unknown_fact")
  package static let keysFactElsewhere = DiagnosticCode("keys_fact_elsewhere")
  package static let keysBadFact = DiagnosticCode("keys_bad_fact")
  package static let keysMissingFact = DiagnosticCode("keys_missing_fact")
}
