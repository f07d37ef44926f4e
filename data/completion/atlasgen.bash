# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for atlasgen.  Verbs and options are asked of the program itself.
# shellcheck shell=bash

_atlasgen_verb() {
	local i
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--atlas) i=$((i + 1)) ;;
		-*) ;;
		*) echo "${COMP_WORDS[i]}" && return ;;
		esac
	done
}

_atlasgen() {
	local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb words=''
	verb=$(_atlasgen_verb)
	COMPREPLY=()
	case $before in
	--image | --baseline) words=$("$program" images -q 2>/dev/null) ;;
	--atlas | -o | --output | --templates) ;;
	--format) words='md html both' ;;
	--style) words='atlas depsurf' ;;
	--decoder) words='own libdwarf' ;;
	*)
		if [ -z "$verb" ]; then
			words="--atlas --help --version $("$program" --help 2>/dev/null | sed -n '/^Verbs:/,/^$/s/^  \([a-z]*\) .*/\1/p')"
		elif [ "${word:0:1}" = - ]; then
			words=$("$program" "$verb" --help 2>/dev/null | grep -oE '(^| )--?[a-z][a-z-]*' | sort -u)
		else
			case $verb in
			remove | label | at | validate) words=$("$program" images -q 2>/dev/null) ;;
			query) words='@functions @exports @units @initcalls @attach @callers @taken @searched @types @history' ;;
			esac
		fi ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o default -F _atlasgen atlasgen
