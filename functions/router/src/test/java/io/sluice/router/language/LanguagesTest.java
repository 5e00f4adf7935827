package io.sluice.router.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

  private final Languages languages = new Languages();

  /** The mappings that the contract spells out (3.8). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c | c h | c",
        "cpp | cpp hpp c++ h++ cc hh C H | cpp",
        "csharp | cs | csharp",
        "go | go | go",
        "java | java | java",
        "js | js jsx | javascript javascriptreact",
        "php | php php3 php4 php5 phps phpt | php",
        "python | py | python",
        "ruby | rb | ruby",
        "rust | rs | rust",
        "scala | scala | scala",
        "ts | ts tsx | typescript typescriptreact",
        "kotlin | kts kt | kotlin",
        "bash | sh bash | shellscript bash",
        "sql | sql | sql",
        "swift | swift | swift",
        "terraform | tf tfvars | terraform",
        "vue | vue | vue",
        "svelte | svelte | svelte",
        "perl | pl pm pod t | perl",
        "r | r R | r",
        "lua | lua | lua",
        "dart | dart | dart",
        "elixir | ex exs | elixir",
        "erlang | erl hrl | erlang",
        "haskell | hs lhs | haskell",
        "groovy | groovy gvy gy gsh | groovy",
        "powershell | ps1 psm1 psd1 | powershell",
        "objc | m mm | objective-c",
        "hcl | hcl | hcl",
        "batch | bat cmd | bat"
      })
  void givenTheContractsTable_whenDetected_thenExtensionAndIdentifierGiveTheId(
      String id, String extensions, String identifiers) {
    for (String extension : extensions.split(" ", -1)) {
      assertThat(id("dir/file." + extension, null)).as(extension).isEqualTo(id);
    }
    for (String identifier : identifiers.split(" ", -1)) {
      assertThat(id("noext", identifier)).as(identifier).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, ruby, python",
    "main.zzz, ruby, ruby",
    "main.zzz, Python, python",
    "main.zzz, C#, csharp",
    "main.zzz, ' C++ ', cpp",
    "Dockerfile, , dockerfile",
    "deploy/Dockerfile, , dockerfile",
    "a.tar.go, , go",
    "a.PY, , none",
    "noext, , none",
    "noext, klingon, none",
    "'', , none",
    "dir.py/noext, , none",
    "trailing., , none",
    "C:\\src\\a.ts, , ts"
  })
  void givenAFile_whenDetected_thenTheExtensionWins(
      String file, @Nullable String identifier, String want) {
    assertThat(id(file, identifier)).isEqualTo(want);
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, , python",
    "main.cs, , c_sharp",
    "main.js, , javascript",
    "main.py, TypeScriptReact, typescriptreact",
    "main.py, C#, c#",
    "main.py, '', python",
    "main.ZZZ, , zzz",
    "noext, klingon, klingon",
    "noext, , none",
    "noext, ' ', none",
    "trailing., , none"
  })
  void givenAFile_whenAPromptNamesItsLanguage_thenTheIdentifierComesFirst(
      String file, @Nullable String identifier, String want) {
    assertThat(languages.promptName(file, identifier).orElse("none")).isEqualTo(want);
  }

  @Test
  void givenTheTable_whenRead_thenItHasTheCommonHundredInOneSpelling() {
    assertThat(languages.all()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(languages.all()).extracting(Language::id).doesNotHaveDuplicates();
    for (Language language : languages.all()) {
      assertThat(language.id()).isEqualTo(language.id().toLowerCase(Locale.ROOT));
      for (String identifier : language.identifiers()) {
        assertThat(identifier).isEqualTo(identifier.toLowerCase(Locale.ROOT));
      }
    }
  }

  private String id(String fileName, @Nullable String identifier) {
    return languages.detect(fileName, identifier).map(Language::id).orElse("none");
  }
}
