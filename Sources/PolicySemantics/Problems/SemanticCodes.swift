package import PolicyDiagnostics

/// The codes of the checker; ``SemanticPages`` has a page for each.
extension DiagnosticCode {
  // Names.
  package static let unknownName = DiagnosticCode("unknown_name")
  package static let unknownValue = DiagnosticCode("unknown_value")
  package static let modelSetAside = DiagnosticCode("model_set_aside")
  package static let duplicateName = DiagnosticCode("duplicate_name")
  package static let takenName = DiagnosticCode("taken_name")
  package static let unusedDeclaration = DiagnosticCode("unused_declaration")
  package static let wrongKind = DiagnosticCode("wrong_kind")
  package static let wrongPlace = DiagnosticCode("wrong_place")
  package static let cycle = DiagnosticCode("cycle")

  // Types and units.
  package static let wrongType = DiagnosticCode("wrong_type")
  package static let wrongOperator = DiagnosticCode("wrong_operator")
  package static let wrongUnit = DiagnosticCode("wrong_unit")
  package static let missingUnit = DiagnosticCode("missing_unit")
  package static let missingComparison = DiagnosticCode("missing_comparison")
  package static let needlessComparison = DiagnosticCode("needless_comparison")
  package static let wrongArguments = DiagnosticCode("wrong_arguments")
  package static let outOfRange = DiagnosticCode("out_of_range")
  package static let neverHolds = DiagnosticCode("never_holds")
  package static let alwaysHolds = DiagnosticCode("always_holds")
  package static let missingZone = DiagnosticCode("missing_zone")
  package static let wrongCurrency = DiagnosticCode("wrong_currency")
  package static let missingCurrency = DiagnosticCode("missing_currency")
  package static let emptyText = DiagnosticCode("empty_text")
  package static let repeatedValue = DiagnosticCode("repeated_value")
  package static let invalidPattern = DiagnosticCode("invalid_pattern")

  // Gates and ladders.
  package static let missingThreshold = DiagnosticCode("missing_threshold")
  package static let needlessThreshold = DiagnosticCode("needless_threshold")
  package static let wrongDirection = DiagnosticCode("wrong_direction")
  package static let sharesNotWhole = DiagnosticCode("shares_not_whole")
  package static let bestNotComparable = DiagnosticCode("best_not_comparable")
  package static let missingPrice = DiagnosticCode("missing_price")
  package static let unreachableTier = DiagnosticCode("unreachable_tier")
  package static let gateTooLarge = DiagnosticCode("gate_too_large")

  // Routes.
  package static let routeAction = DiagnosticCode("route_action")
  package static let repeatedPart = DiagnosticCode("repeated_part")
  package static let uselessLine = DiagnosticCode("useless_line")
  package static let optionOnLadder = DiagnosticCode("option_on_ladder")
  package static let requestedWithoutFallback = DiagnosticCode("requested_without_fallback")
  package static let repeatedTarget = DiagnosticCode("repeated_target")
  package static let missingSize = DiagnosticCode("missing_size")
  package static let protectedText = DiagnosticCode("protected_text")
  package static let costlyCondition = DiagnosticCode("costly_condition")
  package static let guardFailsOpen = DiagnosticCode("guard_fails_open")

  // Files.
  package static let missingCatalog = DiagnosticCode("missing_catalog")
  package static let missingOtherwise = DiagnosticCode("missing_otherwise")
  package static let otherwiseNotLast = DiagnosticCode("otherwise_not_last")
  package static let notImportable = DiagnosticCode("not_importable")
  package static let notATest = DiagnosticCode("not_a_test")
  package static let missingFile = DiagnosticCode("missing_file")
  package static let emptyDeclaration = DiagnosticCode("empty_declaration")

  // Suppressions.
  package static let unknownRule = DiagnosticCode("unknown_rule")
  package static let missingReason = DiagnosticCode("missing_reason")
  package static let expiredSuppression = DiagnosticCode("expired_suppression")
  package static let unusedSuppression = DiagnosticCode("unused_suppression")
}
