package io.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom, and what no class may do (design, "Modules"). */
class ArchitectureTest {

  private static final String ROOT = "io.sluice.";

  /** The packages of each function that answers requests; none may import another. */
  private static final Set<String> FUNCTIONS =
      Set.of("authorizer", "usertoken", "router", "backend.openai", "lambda");

  private static final String[] REQUEST_PATH = {
    ROOT + "core..",
    ROOT + "outbound..",
    ROOT + "aws..",
    ROOT + "docs..",
    ROOT + "prompts..",
    ROOT + "authorizer..",
    ROOT + "usertoken..",
    ROOT + "router..",
    ROOT + "backend..",
    ROOT + "gateway.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/testing"))
          .importPackages("io.sluice");

  private static String[] packages(Stream<String> modules) {
    return modules.map(module -> ROOT + module + "..").toArray(String[]::new);
  }

  @Test
  void givenAllModules_whenImported_thenTheyAreHere() {
    Set<String> found =
        CLASSES.stream().map(c -> c.getPackageName()).collect(Collectors.toUnmodifiableSet());
    for (String module : FUNCTIONS) {
      assertThat(found).anyMatch(name -> name.startsWith(ROOT + module));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorizer", "usertoken", "router", "backend.openai", "lambda"})
  void givenAFunction_whenItsImportsAreRead_thenItImportsNoOtherFunction(String function) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + function + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(
                Stream.concat(
                    FUNCTIONS.stream().filter(other -> !other.equals(function)),
                    Stream.of("gateway", "local", "demomodel"))))
        .check(CLASSES);
  }

  @Test
  void givenTheCore_whenItsImportsAreRead_thenItIsPlainJavaWithoutInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "software.amazon..",
                "com.amazonaws..",
                "io.netty..",
                "org.springframework..",
                "java.net..",
                "java.nio.file..",
                "java.nio.channels..",
                "com.fasterxml.jackson.databind.."))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.sluice..").and(not(resideInAnyPackage(ROOT + "core.."))))
        .check(CLASSES);
  }

  @Test
  void givenTheSearchLibrary_whenItsUsersAreRead_thenOneModuleReadsIndexesAndOneWritesThem() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "docs..", ROOT + "docsindex..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.lucene..")
        .check(CLASSES);
  }

  @Test
  void givenTheRequestPath_whenItsImportsAreRead_thenThereIsNoFrameworkAndNoReflection() {
    noClasses()
        .that()
        .resideInAnyPackage(REQUEST_PATH)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.lang.reflect..",
                "org.springframework..",
                "com.fasterxml.jackson.databind..",
                "org.yaml..",
                "com.networknt..",
                "io.netty.."))
        .check(CLASSES);
  }

  @Test
  void givenTheRequestPath_whenItSpeaks_thenNotThroughStandardOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(REQUEST_PATH)
        .and()
        .haveSimpleNameNotEndingWith("Function")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  @Test
  void givenStaticFields_whenRead_thenNoneCanChange() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.sluice..")
        .should(beImmutable())
        .check(CLASSES);
  }

  private static ArchCondition<JavaField> beImmutable() {
    Set<String> mutable =
        Set.of(
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.HashSet",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");
    return new ArchCondition<>("be final and of no mutable type") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean generated = field.getName().startsWith("$");
        boolean changes =
            !field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                || mutable.contains(field.getRawType().getName())
                || field.getRawType().getName().startsWith("java.util.concurrent.atomic");
        if (changes && !generated) {
          events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can change"));
        }
      }
    };
  }

  @Test
  void givenClassNames_whenRead_thenTheyAreTheFieldsTerms() {
    Collection<String> vague =
        Set.of("Util", "Utils", "Helper", "Manager", "Impl", "Info", "Service", "Processor");
    Map<Boolean, Set<String>> named =
        CLASSES.stream()
            .map(c -> c.getSimpleName())
            .collect(
                Collectors.partitioningBy(
                    name -> vague.stream().anyMatch(name::endsWith), Collectors.toSet()));
    assertThat(named.get(true)).isEmpty();
  }
}
