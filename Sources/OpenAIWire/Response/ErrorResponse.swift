package struct ErrorResponse: Hashable, Sendable {
  package var message: String
  package var type: String?
  package var param: String?
  package var code: String?

  package init(message: String, type: String? = nil, param: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    self.param = param
    self.code = code
  }
}
