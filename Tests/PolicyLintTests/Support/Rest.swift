/// The end of a sample.
let rest = "otherwise { use medium }"
