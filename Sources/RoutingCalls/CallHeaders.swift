/// Headers every call made by this task and its children carries, beside its own: where a trace goes
/// on with the provider.
package enum CallHeaders {
  @TaskLocal package static var current: [(name: String, value: String)] = []
}
