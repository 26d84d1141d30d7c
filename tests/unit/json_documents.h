/* SPDX-License-Identifier: MIT */
/* JSON texts and what the strict reader must say to them: the tables of test_json.c. */
#ifndef MOCK_KIRO_TESTS_JSON_DOCUMENTS_H
#define MOCK_KIRO_TESTS_JSON_DOCUMENTS_H

#include "base/json.h"

struct bad {
    const char *chars;
    unsigned line;
    unsigned column;
    const char *says; /* part of the message */
    enum json_flags flags;
};

static const struct bad BAD_DOCUMENTS[] = {
    /* structure */
    {"", 1, 1,
     "expected a value (an object, array, string, number, true, false or null), found the end "
     "of the text",
     0},
    {" \n ", 2, 2, "found the end of the text", 0},
    {"{", 1, 2, "expected a key in double quotes, found the end of the text", 0},
    {"[", 1, 2, "expected a value", 0},
    {"}", 1, 1,
     "expected a value (an object, array, string, number, true, false or null), found '}'", 0},
    {"{\"a\" 1}", 1, 6, "expected ':' after a key, found '1'", 0},
    {"{\"a\":}", 1, 6, "expected a value", 0},
    {"{\"a\":1 \"b\":2}", 1, 8, "expected ',' or '}' after a member, found '\"'", 0},
    {"{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, "expected ',' or '}' after a member", 0},
    {"{\"a\":1]", 1, 7, "expected ',' or '}' after a member, found ']'", 0},
    {"[1 2]", 1, 4, "expected ',' or ']' after an item, found '2'", 0},
    {"[1}", 1, 3, "expected ',' or ']' after an item, found '}'", 0},
    {"[1,", 1, 4, "expected a value", 0},
    {"[,1]", 1, 2, "expected a value", 0},
    {"[1,,2]", 1, 4, "expected a value", 0},
    {"[1,]", 1, 3, "a comma before the closing ']'", 0},
    {"{\"a\":1,}", 1, 7, "a comma before the closing '}'", 0},
    {"{,}", 1, 2, "expected a key in double quotes, found ','", 0},
    {"{a:1}", 1, 2, "expected a key in double quotes, found 'a'", 0},
    {"{'a':1}", 1, 2, "expected a key in double quotes, found '''", 0},
    {"{1:1}", 1, 2, "expected a key in double quotes", 0},
    {"{} {}", 1, 4, "expected nothing after the value, found '{'", 0},
    {"1,", 1, 2, "expected nothing after the value", 0},
    {"nullx", 1, 5, "expected nothing after the value, found 'x'", 0},
    {"[nul]", 1, 2, "expected a value", 0},
    {"True", 1, 1, "expected a value", 0},
    {"NaN", 1, 1, "expected a value", 0},
    {"[\f1]", 1, 2, "found the control character U+000C", 0},
    {"\xEF\xBB\xBF{}", 1, 1, "expected a value", 0},
    {"[\xC2\xA0"
     "1]",
     1, 2, "found '\xC2\xA0'", 0},
    /* comments and trailing commas, where they are not allowed and where they are */
    {"// hello\n1", 1, 1, "a comment, which JSON does not have", 0},
    {"[1, /* two */ 2]", 1, 5, "a comment, which JSON does not have", 0},
    {"[1, /* two", 1, 5, "a comment without its closing '*/'", JSON_COMMENTS},
    {"/*/ 1", 1, 1, "a comment without its closing '*/'", JSON_COMMENTS},
    {"// only", 1, 8, "found the end of the text", JSON_COMMENTS},
    {"[/1]", 1, 2, "expected a value", JSON_COMMENTS},
    {"[1,,]", 1, 4, "expected a value", JSON_COMMENTS},
    {"[,]", 1, 2, "expected a value", JSON_COMMENTS},
    {"{,}", 1, 2, "expected a key", JSON_COMMENTS},
    {"[1],", 1, 4, "expected nothing after the value", JSON_COMMENTS},
    {"/* one\ntwo \xC3\xA9 */ [1 /* \xC3\xA9 */ 2]", 2, 21, "expected ',' or ']'", JSON_COMMENTS},
    /* strings */
    {"[\"abc]", 1, 2, "a string without its closing '\"'", 0},
    {"[\"abc\n\"]", 1, 6, "control character U+000A in a string; expected its escape", 0},
    {"\"\t\"", 1, 2, "control character U+0009", 0},
    {"\"\x01\"", 1, 2, "control character U+0001", 0},
    {"\"ab\\x41\"", 1, 4, "an unknown escape", 0},
    {"\"\\'\"", 1, 2, "an unknown escape", 0},
    {"\"\\", 1, 2, "an unknown escape", 0},
    {"\"\\u12\"", 1, 2, "expected four hexadecimal digits", 0},
    {"\"\\u12g4\"", 1, 2, "expected four hexadecimal digits", 0},
    {"\"\\u 123\"", 1, 2, "expected four hexadecimal digits", 0},
    {"\"\\u+123\"", 1, 2, "expected four hexadecimal digits", 0},
    {"\"\\u", 1, 2, "expected four hexadecimal digits", 0},
    {"\"a\\u0000\"", 1, 3, "a string may not contain NUL", 0},
    {"{\"a\\u0000b\":1}", 1, 4, "a string may not contain NUL", 0},
    {"\"\\ud800\"", 1, 2, "a high surrogate escape", 0},
    {"\"\\ud800x\"", 1, 2, "a high surrogate escape", 0},
    {"\"\\ud800\\ud800\"", 1, 2, "a high surrogate escape", 0},
    {"\"\\uDBFF\\u0041\"", 1, 2, "a high surrogate escape", 0},
    {"\"\\udc00\"", 1, 2, "a low surrogate escape", 0},
    {"\"\\ud83d\\ude00\\ude00\"", 1, 14, "a low surrogate escape", 0},
    /* bytes that are not UTF-8 */
    {"\"\x80\"", 1, 2, "byte 0x80 is not UTF-8", 0},
    {"\"\xC0\xAF\"", 1, 2, "byte 0xC0 is not UTF-8", 0},
    {"\"\xC1\xBF\"", 1, 2, "byte 0xC1 is not UTF-8", 0},
    {"\"\xE0\x80\xAF\"", 1, 2, "byte 0xE0 is not UTF-8", 0},
    {"\"\xE0\x9F\xBF\"", 1, 2, "byte 0xE0 is not UTF-8", 0},
    {"\"\xF0\x8F\xBF\xBF\"", 1, 2, "byte 0xF0 is not UTF-8", 0},
    {"\"\xED\xA0\x80\"", 1, 2, "byte 0xED is not UTF-8", 0},
    {"\"\xED\xBF\xBF\"", 1, 2, "byte 0xED is not UTF-8", 0},
    {"\"\xF4\x90\x80\x80\"", 1, 2, "byte 0xF4 is not UTF-8", 0},
    {"\"\xF5\x80\x80\x80\"", 1, 2, "byte 0xF5 is not UTF-8", 0},
    {"\"\xFF\"", 1, 2, "byte 0xFF is not UTF-8", 0},
    {"\"\xC3\"", 1, 2, "byte 0xC3 is not UTF-8", 0},
    {"\"\xE2\x82\"", 1, 2, "byte 0xE2 is not UTF-8", 0},
    {"\"\xF0\x9F\x98\"", 1, 2, "byte 0xF0 is not UTF-8", 0},
    {"\"\xE2\x82", 1, 2, "byte 0xE2 is not UTF-8", 0},
    {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFF\"", 1, 5, "byte 0xFF is not UTF-8", 0},
    {"// \xFF\n1", 1, 4, "byte 0xFF is not UTF-8", JSON_COMMENTS},
    /* numbers */
    {"[-]", 1, 3, "expected a digit after '-', found ']'", 0},
    {"+1", 1, 1, "expected a value", 0},
    {".5", 1, 1, "expected a value", 0},
    {"[01]", 1, 2, "a number does not start with 0 unless it is 0", 0},
    {"-00", 1, 2, "a number does not start with 0", 0},
    {"1.", 1, 3, "expected a digit after '.', found the end of the text", 0},
    {"1.e5", 1, 3, "expected a digit after '.', found 'e'", 0},
    {"1e", 1, 3, "expected a digit of an exponent", 0},
    {"1e+", 1, 4, "expected a digit of an exponent", 0},
    {"0x10", 1, 2, "expected nothing after the value, found 'x'", 0},
    {"-Infinity", 1, 2, "expected a digit after '-'", 0},
    {"[1e999]", 1, 2, "a number beyond the range of a double", 0},
    {"-1e999", 1, 1, "a number beyond the range of a double", 0},
    {"1e-999", 1, 1, "a number beyond the range of a double", 0},
    {"[1, 9007199254740993]", 1, 5, "an integer beyond 9007199254740992 (2^53)", 0},
    {"-9007199254740993", 1, 1, "an integer beyond", 0},
    {"99999999999999999999999999", 1, 1, "an integer beyond", 0},
    {"0.0000000000000000000000000000000000000000000000000000000000000001", 1, 1,
     "a number of more than 63 characters", 0},
    /* names */
    {"{\"a\":1,\"a\":2}", 1, 8, "a member of the name \"a\" already", 0},
    {"{\"a\":1,\n \"\\u0061\":2}", 2, 2, "a member of the name \"a\" already", 0},
    {"{\"\":1,\"\":2}", 1, 7, "a member of the name \"\" already", 0},
    {"[0,{\"x\":{\"b\":[],\"a\":1,\"b\":{}}}]", 1, 23, "a member of the name \"b\" already", 0},
    {"{\"z\":1,\"a\":1,\"z\":2,\"a\":2}", 1, 14, "a member of the name \"z\" already", 0},
    {"{\"a\":1,\"a\":2,\"a\":3}", 1, 8, "a member of the name \"a\" already", 0},
    {"{\"a\":{\"b\":1},\"c\":{\"b\":1,\"b\":2}}", 1, 25, "a member of the name \"b\" already", 0},
};

struct good {
    const char *chars;
    const char *printed;
    enum json_flags flags;
};

static const struct good GOOD_DOCUMENTS[] = {
    {"null", "null", 0},
    {" \t\r\n true \t\r\n ", "true", 0},
    {"false", "false", 0},
    {"{}", "{}", 0},
    {"[ ]", "[]", 0},
    {"{ \"b\" : [ 1 , { } ] , \"a\" : null }", "{\"b\":[1,{}],\"a\":null}", 0},
    {"{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}", 0},
    {"[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":1}]", 0},
    {"{\"\":\"\"}", "{\"\":\"\"}", 0},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"", 0},
    {"\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\"", "\"A\u00e9\u20ac\U0001F600\"", 0},
    {"\"\\u0001\\u001f\\u007f\"", "\"\\u0001\\u001f\x7F\"", 0},
    {"\"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"", "\"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"",
     0},
    {"\"// no comment, /* none */\"", "\"// no comment, /* none */\"", JSON_COMMENTS},
    {"[1, // one\n2 /* two\n */, /**/ ]// end", "[1,2]", JSON_COMMENTS},
    {"{\"a\":\"x,}\", /* , */ }", "{\"a\":\"x,}\"}", JSON_COMMENTS},
    {"/***/[/* \u00e9 \" */\"//\" , // \"\n ]\n", "[\"//\"]", JSON_COMMENTS},
    {"[0,-0,10,-10]", "[0,0,10,-10]", 0},
    {"1785542400", "1785542400", 0},
    {"9007199254740991", "9007199254740991", 0},
    {"9007199254740990", "9007199254740990", 0},
    {"9007199254740992", "9007199254740992", 0},
    {"-9007199254740991", "-9007199254740991", 0},
    {"1e15", "1000000000000000", 0},
    {"1.5E+1", "15", 0},
    {"[0.1,-0.25,3.14,1e300,1e-300]", "[0.1,-0.25,3.14,1e+300,1e-300]", 0},
    {"0.30000000000000004", "0.30000000000000004", 0},
};

#endif
