" Indents as `rung fmt` does: two spaces for each block, lists behind their parenthesis, `and` and
" `or` so that they end where the condition's `when` ends.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=GetRungIndent(v:lnum)
setlocal indentkeys=0{,0},0),!^F,o,O,=and,=or,=fallback
setlocal nosmartindent autoindent
let b:undo_indent = 'setlocal indentexpr< indentkeys< smartindent< autoindent<'

if exists('*GetRungIndent')
  finish
endif

let s:save_cpo = &cpo
set cpo&vim

" keywords: declaration
let s:declaration = [
      \ 'rung', 'catalog', 'zone', 'import', 'condition', 'facts', 'classifier', 'points', 'task',
      \ 'budget', 'limit', 'gate', 'ladder', 'compress', 'guard', 'route', 'otherwise', 'test',
      \ 'always',
      \ ]
" keywords end
" A line that starts with one of these is outside of all blocks. `compress` also stands in routes.
let s:outside = '^\%(@allow\|\%(' . join(filter(copy(s:declaration), 'v:val !=# "compress"'), '\|') . '\)\>\)'

" The line with comments gone and strings and patterns filled, each character as wide as it was.
function! s:Code(lnum) abort
  let line = getline(a:lnum)
  if line !~# '["#/]'
    return substitute(line, '[^\x00-\x7f]', 'x', 'g')
  endif
  let code = ''
  let rest = line
  while rest !=# ''
    let [quoted, start, end] = matchstrpos(rest,
          \ '#.*\|"\%(\\.\|[^"\\]\)*"\=\|\<matches\s*\zs/\%(\\.\|[^/\\]\)*/\=')
    if start < 0
      let code .= rest
      break
    endif
    let code .= strpart(rest, 0, start)
    if quoted[0] ==# '#'
      break
    endif
    let code .= repeat('x', strchars(quoted, 1))
    let rest = strpart(rest, end)
  endwhile
  return substitute(code, '[^\x00-\x7f]', 'x', 'g')
endfunction

" What is open where a line starts: [what, column behind it, text before it] for each bracket, and
" the last word a condition can stand behind, with its column, at each level.
function! s:Open(lnum) abort
  let first = a:lnum - 1
  while first > 1 && getline(first) !~# s:outside
    let first -= 1
  endwhile
  let open = []
  let behind = [{}]
  for lnum in range(max([first, 1]), a:lnum - 1)
    let code = s:Code(lnum)
    let from = 0
    while 1
      let [found, start, end] = matchstrpos(code,
            \ '[(){}]\|\%(^\|[^A-Za-z0-9_./-]\)\zs\%(when\|where\)\ze\%([^A-Za-z0-9_./-]\|$\)'
            \ . '\|\%(^\s*\%(gate\|condition\)\s\+\w\+\s*\)\@<==', from)
      if start < 0
        break
      endif
      if found =~# '[({]'
        call add(open, [found, end, strpart(code, 0, start)])
        call add(behind, {})
      elseif found =~# '[)}]'
        if !empty(open)
          call remove(open, -1)
          call remove(behind, -1)
        endif
      else
        let behind[-1] = {'end': end}
      endif
      let from = end
    endwhile
  endfor
  return [open, behind]
endfunction

function! s:Depth(open) abort
  return len(filter(copy(a:open), 'v:val[0] ==# "{"'))
endfunction

function! GetRungIndent(lnum) abort
  let [open, behind] = s:Open(a:lnum)
  let depth = s:Depth(open)
  let line = getline(a:lnum)
  if line =~# '^\s*#'
    " A comment stands as what it is about does; at the end of a block, in the block.
    let next = nextnonblank(a:lnum + 1)
    while next > 0 && getline(next) =~# '^\s*#'
      let next = nextnonblank(next + 1)
    endwhile
    if next == 0
      return depth * &shiftwidth
    endif
    let line = getline(next)
    if line =~# '^\s*}'
      return depth * &shiftwidth
    endif
  endif
  if line =~# '^\s*}'
    return max([depth - 1, 0]) * &shiftwidth
  endif
  if !empty(open) && open[-1][0] ==# '('
    return open[-1][1]
  endif
  let joiner = matchstr(line, '^\s*\zs\%(and\|or\)\>')
  if joiner !=# ''
    let end = get(behind[-1], 'end', 0)
    return max([depth * &shiftwidth + 2, end - len(joiner)])
  endif
  if !empty(open)
    let header = substitute(open[-1][2], '([^()]*)\s*$', '', '')
    let first = matchstr(line, '^\s*\zs\w\+')
    if header =~# '\<split\s\+by\s\+\S\+\s*$' && first ==# 'fallback'
      return depth * &shiftwidth + 4
    endif
    if open[-1][2] =~# '\%(^\|\s\)ladder\s\|max_time\|max_budget'
          \ && index(['tier', 'on', ''], first) < 0
      return depth * &shiftwidth + 4
    endif
  endif
  if s:Code(prevnonblank(a:lnum - 1)) =~# ',\s*$'
    return depth * &shiftwidth + 4
  endif
  return depth * &shiftwidth
endfunction

let &cpo = s:save_cpo
unlet s:save_cpo
