" Rung policies. The lists between `keywords:` and `keywords end` are written by the tests from the
" lexer's table (see grammar/README.md); everything else is by hand.
if exists('b:current_syntax')
  finish
endif

let s:save_cpo = &cpo
set cpo&vim

syntax case match
" qwen3-8b, prompt.tokens and org/model are one word each.
syntax iskeyword @,48-57,_,-,.,/

" keywords: declaration
let s:declaration = [
      \ 'rung', 'catalog', 'zone', 'import', 'condition', 'facts', 'classifier', 'points', 'task',
      \ 'budget', 'limit', 'gate', 'ladder', 'compress', 'guard', 'route', 'otherwise', 'test',
      \ 'always',
      \ ]
" keywords end
" keywords: clause
let s:clause = [
      \ 'when', 'with', 'required', 'from', 'key', 'header', 'reads', 'ask', 'nearest', 'else',
      \ 'http', 'timeout', 'on', 'failure', 'requests', 'at', 'once', 'per', 'reject', 'accept',
      \ 'max_budget', 'max_time', 'tier', 'exhausted', 'return', 'best', 'last', 'fail',
      \ 'filtered', 'climb', 'failed', 'stop', 'first_token', 'attempts', 'max_output',
      \ 'min_output', 'effort', 'target', 'to', 'only', 'models', 'where', 'drop', 'tools',
      \ 'refuse', 'cache', 'exact', 'similar', 'by', 'for', 'shared', 'batch', 'up', 'within',
      \ 'stick', 'after', 'shadow', 'use', 'fallback', 'split', 'as', 'set', 'default', 'prepend',
      \ 'append', 'replace', 'system', 'file', 'request', 'given', 'expect', 'fails', 'reason',
      \ 'until',
      \ ]
" keywords end
" keywords: operator
let s:operator = [
      \ 'and', 'or', 'not', 'in', 'mentions', 'contains', 'has', 'starts', 'matches',
      \ ]
" keywords end
" keywords: type
let s:type = [
      \ 'bool', 'count', 'text',
      \ ]
" keywords end
" keywords: unit
let s:unit = [
      \ 'tokens', 'chars', 'bytes', 'lines',
      \ ]
" keywords end
" keywords: field
let s:field = [
      \ 'agrees', 'answer', 'cites_context', 'context', 'conversation', 'date', 'finish',
      \ 'format', 'healthy', 'hour', 'images', 'json', 'judge', 'language', 'length', 'logprob',
      \ 'max_tokens', 'messages', 'mix', 'model', 'prompt', 'question', 'refusal',
      \ 'repeats_question', 'same_language', 'schema', 'stream', 'temperature', 'tenant', 'turn',
      \ 'user', 'weekday',
      \ ]
" keywords end

function! s:Any(words) abort
  return '\<\%(' . join(a:words, '\|') . '\)\>'
endfunction

" Of two items that match at one place the later one wins. First of all any word, so that no item
" matches in the middle of one.
let s:word = '\a\w*\%([-./][A-Za-z0-9]\w*\)*'
execute 'syntax match rungWord /' . escape(s:word, '/') . '/'
execute 'syntax match rungField /\<\%(' . join(s:field, '\|') . '\)\%(\.\w\+\)*\>/'
execute 'syntax match rungClause /' . s:Any(s:clause) . '/'
execute 'syntax match rungUnit /' . s:Any(s:unit) . '/'
syntax match rungBoolean /\<\%(true\|false\)\>/
execute 'syntax match rungFunction /\<\%(\%(when\|and\|or\|not\|in\|on\|mentions\|contains\|has\)\>\)\@!'
      \ . escape(s:word, '/') . '\ze\s*(/'

" A word that something is asked about, whatever it is elsewhere: `task = code`, `tools has "name"`.
execute 'syntax match rungField /\<\%(' . join(['when', 'and', 'or', 'not', 'in'], '\>\|') . '\>\)\@!'
      \ . escape(s:word, '/') . '\ze\%(\s*[!<>]\=[=<>]\|\s*[<>]'
      \ . '\|\s\+\%(not\s\+\)\=\%(in\|mentions\|contains\|has\|matches\|starts\)\>\)/'

execute 'syntax match rungOperator /' . s:Any(s:operator) . '/'
syntax match rungOperator /\<\%(in\|mentions\|contains\|has\)\>/
      \ skipwhite skipempty nextgroup=rungList,rungValue,rungBoolean,rungString
syntax match rungOperator /\<matches\>/ skipwhite skipempty nextgroup=rungRegex
" A keyword that opens a declaration, unless something is asked about it.
execute 'syntax match rungDeclaration /' . s:Any(s:declaration)
      \ . '\%(\s*[!<>]\=[=<>]\|\s\+\%(not\s\+\)\=\%(in\|mentions\|contains\|has\|matches\|starts\)\>\)\@!/'
      \ . ' skipwhite nextgroup=rungName'
execute 'syntax match rungDeclaration /\<\%(gate\|condition\)\>\ze\s\+' . '\w\+\s*=/'
      \ . ' skipwhite nextgroup=rungCondition'
syntax match rungClause /\<\%(as\)\>/ skipwhite nextgroup=rungName

" The name a declaration gives; `gate x = ...` and `condition x = ...` go on with a condition.
syntax match rungName contained /\<\%(when\|otherwise\)\@!\a\w*\>/
syntax match rungCondition contained /\a\w*/ skipwhite nextgroup=rungConditionSign
syntax match rungConditionSign contained /=/

" Facts: `plan : free | pro = free`, `multi_step : bool = false`.
syntax match rungName /\<\w\+\ze\s*:/
syntax match rungColon /:/ skipwhite nextgroup=rungType,rungValue,rungBoolean,rungString
execute 'syntax match rungValue /\<' . escape(s:word, '/') . '\ze\s*|/'
syntax match rungBar /|/ skipwhite skipempty nextgroup=rungValue

syntax match rungComparison /[!<>]\==\|[<>]/ skipwhite skipempty
      \ nextgroup=rungValue,rungBoolean,rungString,rungMoney
execute 'syntax match rungValue contained /\<\%(\%(not\|true\|false\)\>\)\@!'
      \ . escape(s:word, '/') . '\>\ze\%(\s*(\)\@!/'
execute 'syntax match rungType contained /' . s:Any(s:type) . '/'
syntax region rungList contained matchgroup=rungDelimiter start=/(/ end=/)/
      \ contains=rungValue,rungBoolean,rungString,rungNumber,rungMoney,rungShare,rungDuration,rungDate,rungUnit,rungComment,rungDocumentation
syntax region rungList matchgroup=rungClause start=/\<on\s*(/ matchgroup=rungDelimiter end=/)/
      \ contains=rungValue,rungComment

" Literals.
syntax match rungNumber /\<\d\+\%(\.\d\+\)\=[kM]\=\>/ skipwhite nextgroup=rungUnit
syntax match rungShare /\<\d\+\%(\.\d\+\)\=[kM]\=%/
syntax match rungDuration /\<\d\+\%(ms\|[smhd]\)\>/
syntax match rungDate /\<\d\{4}-\d\d-\d\d\>/
syntax match rungMoney /\$\d\+\%(\.\d\+\)\=[kM]\=\>/
syntax match rungMoney /\<[A-Z]\{3} \d\+\%(\.\d\+\)\=[kM]\=\>%\@!/
syntax region rungString start=/"/ skip=/\\./ end=/"/ oneline contains=rungEscape,rungBadEscape
syntax match rungBadEscape contained /\\./
syntax match rungEscape contained /\\\%(["\\nt]\|u{\x\{1,6}}\)/
syntax match rungRegex contained /\/\%(\\.\|[^\/\\]\)\+\//
syntax match rungAllow /@allow\>/

syntax match rungComment /#.*$/ contains=@Spell
syntax match rungDocumentation /##.*$/ contains=@Spell

highlight default link rungComment Comment
highlight default link rungDocumentation SpecialComment
highlight default link rungDeclaration Keyword
highlight default link rungClause Statement
highlight default link rungOperator Operator
highlight default link rungComparison Operator
highlight default link rungType Type
highlight default link rungUnit Type
highlight default link rungName Function
highlight default link rungCondition Function
highlight default link rungFunction Function
highlight default link rungField Identifier
highlight default link rungValue Constant
highlight default link rungBoolean Boolean
highlight default link rungNumber Number
highlight default link rungShare Number
highlight default link rungDuration Number
highlight default link rungDate Number
highlight default link rungMoney Number
highlight default link rungString String
highlight default link rungEscape SpecialChar
highlight default link rungBadEscape Error
highlight default link rungRegex String
highlight default link rungAllow PreProc
highlight default link rungDelimiter Delimiter

" Strings and blocks never cross a line, so a screen can start anywhere but in a long list.
syntax sync minlines=50

let b:current_syntax = 'rung'
let &cpo = s:save_cpo
unlet s:save_cpo s:word s:declaration s:clause s:operator s:type s:unit s:field
delfunction s:Any
