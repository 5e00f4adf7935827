package io.sluice.stack.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CloudFormation would make of a template. */
class ResolvedStackTest {

  @TempDir Path folder;

  private ResolvedStack resolve(String template, Map<String, String> parameters)
      throws IOException {
    Files.writeString(folder.resolve("template.json"), template);
    return ResolvedStack.resolve(TemplateLibrary.of(folder), "duo", parameters, Account.EXAMPLE);
  }

  /** The value as the property of a resource, evaluated. */
  private String evaluated(String value) throws IOException, JsonSyntaxException {
    JsonObject properties =
        resolve(
                """
                {"Parameters":{"Size":{"Type":"Number","Default":3},
                  "Zones":{"Type":"CommaDelimitedList","Default":"a, b,c"},
                  "Key":{"Type":"String","Default":""}},
                 "Conditions":{"Three":{"Fn::Equals":[{"Ref":"Size"},3]},"HasKey":{"Fn::Not":[{"Fn::Equals":[{"Ref":"Key"},""]}]},
                  "Both":{"Fn::And":[{"Condition":"HasKey"},{"Fn::Or":[{"Condition":"HasKey"}]}]}},
                 "Mappings":{"Sizes":{"eu-central-1":{"small":"t"}}},
                 "Resources":{
                  "Rows":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":{"Fn::Sub":"${AWS::StackName}-routes"}}},
                  "Dead":{"Type":"AWS::SQS::Queue"},
                  "Code":{"Type":"AWS::Lambda::Function"},
                  "Live":{"Type":"AWS::Lambda::Alias","Properties":{"Name":"live","FunctionName":{"Ref":"Code"}}},
                  "Signing":{"Type":"AWS::KMS::Key"},
                  "Off":{"Type":"AWS::SQS::Queue","Condition":"Both"},
                  "X":{"Type":"T","Properties":{"V":%s}}}}
                """
                    .formatted(value),
                Map.of())
            .ofType("T")
            .findFirst()
            .orElseThrow()
            .properties();
    return Json.text(properties);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Ref':'Size'} | '3'",
        "{'Ref':'Zones'} | ['a','b','c']",
        "{'Ref':'AWS::Region'} | 'eu-central-1'",
        "{'Ref':'Rows'} | 'duo-routes'",
        "{'Fn::GetAtt':['Rows','Arn']} |"
            + " 'arn:aws:dynamodb:eu-central-1:123456789012:table/duo-routes'",
        "{'Fn::GetAtt':'Rows.StreamArn'} |"
            + " 'arn:aws:dynamodb:eu-central-1:123456789012:table/duo-routes/stream/2026-11-01T00:00:00.000'",
        "{'Fn::Sub':'${Rows}/${!keep}/${Rows.Arn}'} |"
            + " 'duo-routes/${keep}/arn:aws:dynamodb:eu-central-1:123456789012:table/duo-routes'",
        "{'Fn::Sub':['${a}-${Size}',{'a':{'Ref':'AWS::AccountId'}}]} | '123456789012-3'",
        "{'Fn::Join':['-',['a',{'Ref':'AWS::Partition'}]]} | 'a-aws'",
        "{'Fn::Join':[',',{'Ref':'Zones'}]} | 'a,b,c'",
        "{'Fn::Select':[1,{'Fn::Split':[',','x,y']}]} | 'y'",
        "{'Fn::Select':['0',{'Fn::GetAZs':''}]} | 'eu-central-1a'",
        "{'Fn::If':['HasKey','yes','no']} | 'no'",
        "{'Fn::If':['Three','yes','no']} | 'yes'",
        "{'Fn::FindInMap':['Sizes',{'Ref':'AWS::Region'},'small']} | 't'",
        "{'Fn::FindInMap':['Sizes','elsewhere','small',{'DefaultValue':'d'}]} | 'd'",
        "{'Fn::Cidr':['10.0.0.0/16',3,'8']} | ['10.0.0.0/24','10.0.1.0/24','10.0.2.0/24']",
        "{'Fn::Base64':'hi'} | 'aGk='",
        "{'Fn::Length':{'Ref':'Zones'}} | 3",
        "{'Fn::ToJsonString':{'a':{'Ref':'Size'}}} | '{\\'a\\':\\'3\\'}'",
        "{'a':{'Ref':'AWS::NoValue'},'b':[{'Ref':'AWS::NoValue'},1]} | {'b':[1]}",
        "{'Ref':'Live'} |"
            + " 'arn:aws:lambda:eu-central-1:123456789012:function:duo-Code-FA80EF27D1CC:live'",
      })
  void givenAFunction_whenEvaluated_thenItsValueIsThatOfCloudFormation(
      String function, String value) throws IOException, JsonSyntaxException {
    String actual = evaluated(function.replace('\'', '"'));
    // Generated names end with a hash that nobody should depend on.
    assertThat(actual.replaceAll("-[0-9A-F]{12}", "-HASH"))
        .isEqualTo(
            ("{\"V\":" + value.replace("\\'", "\\\"").replace('\'', '"') + "}")
                .replaceAll("-[0-9A-F]{12}", "-HASH"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Ref':'Nobody'} | Nobody",
        "{'Ref':'Off'} | whose condition does not hold",
        "{'Fn::GetAtt':['Rows','StreamArnX']} | no attribute StreamArnX",
        "{'Fn::GetAtt':['Off','Arn']} | Off",
        "{'Fn::GetAtt':'Rows'} | names no attribute",
        "{'Fn::Sub':'${Nobody}'} | Nobody",
        "{'Fn::Sub':7} | Fn::Sub",
        "{'Fn::ImportValue':'x'} | Fn::ImportValue",
        "{'Fn::Transform':{}} | Fn::Transform",
        "{'Fn::If':['Nowhere',1,2]} | no condition Nowhere",
        "{'Fn::If':['HasKey',1]} | 3 arguments",
        "{'Fn::Select':[7,['a']]} | Fn::Select 7",
        "{'Fn::FindInMap':['Sizes','x','y']} | no mapping Sizes.x.y",
        "{'Fn::FindInMap':['Sizes']} | two keys",
        "{'Fn::Cidr':['10.0.0.0/16']} | Fn::Cidr",
        "{'Fn::Join':['-','a']} | no list",
        "{'Fn::Join':['-',[['a']]]} | a list or an object",
        "{'Fn::Equals':['a','a']} | outside of Conditions",
        "'{{resolve:ssm:x}}' | dynamic references",
      })
  void givenWhatCannotBeEvaluated_whenResolved_thenTheErrorNamesItAndItsPlace(
      String function, String named) {
    assertThatThrownBy(() -> evaluated(function.replace('\'', '"')))
        .isInstanceOf(UnresolvedException.class)
        .hasMessageContaining("template.json")
        .hasMessageContaining(named);
  }

  @Test
  void givenNestedStacks_whenResolved_thenParametersGoInAndOutputsComeBack() throws IOException {
    Files.writeString(
        folder.resolve("data.json"),
        """
        {"Parameters":{"Name":{"Type":"String"},"Zones":{"Type":"List<String>"}},
         "Resources":{"Rows":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":{"Ref":"Name"},"Z":{"Ref":"Zones"}}}},
         "Outputs":{"Table":{"Value":{"Ref":"Rows"}}}}
        """);
    ResolvedStack stack =
        resolve(
            """
            {"Resources":{
              "Data":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"s3://bucket/infra/data.yaml",
                "Parameters":{"Name":{"Fn::Sub":"${AWS::StackName}-routes"},"Zones":{"Fn::GetAZs":""}}}},
              "X":{"Type":"T","Properties":{"V":{"Fn::GetAtt":["Data","Outputs.Table"]}}}},
             "Outputs":{"Table":{"Value":{"Fn::GetAtt":["Data","Outputs.Table"]}}}}
            """,
            Map.of());
    Resource table = stack.find("AWS::DynamoDB::Table", "duo-routes").orElseThrow();
    assertThat(table.texts("Z")).containsExactly("eu-central-1a", "eu-central-1b", "eu-central-1c");
    assertThat(stack.ofType("T").findFirst().orElseThrow().text("V")).isEqualTo("duo-routes");
    assertThat(stack.outputs()).containsKey("Table");

    assertThatThrownBy(
            () ->
                resolve(
                    """
                    {"Resources":{
                      "Data":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"infra/data.yaml",
                        "Parameters":{"Name":"n","Zones":"a","Typo":"b"}}}}}
                    """,
                    Map.of()))
        .hasMessageContaining("Typo");
    assertThatThrownBy(
            () ->
                resolve(
                    """
                    {"Resources":{
                      "Data":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"infra/data.yaml",
                        "Parameters":{"Name":"n","Zones":"a"}}},
                      "X":{"Type":"T","Properties":{"V":{"Fn::GetAtt":["Data","Outputs.Tabel"]}}}}}
                    """,
                    Map.of()))
        .hasMessageContaining("no output Tabel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Type\":\"String\"                                   | -   | no default",
        "\"Type\":\"String\",\"AllowedValues\":[\"a\",\"b\"]    | c   | not one of",
        "\"Type\":\"String\",\"AllowedPattern\":\"[a-z]+\"      | A   | does not match",
        "\"Type\":\"String\",\"MinLength\":2                    | a   | MinLength",
        "\"Type\":\"String\",\"MaxLength\":\"1\"                | ab  | MaxLength",
        "\"Type\":\"Number\"                                   | x   | no number",
        "\"Type\":\"Number\",\"MaxValue\":5                     | 6   | MaxValue",
        "\"Type\":\"AWS::SSM::Parameter::Value<String>\"       | 6   | not looked up",
      })
  void givenAParameter_whenItsValueIsRefused_thenTheErrorSaysWhy(
      String definition, String value, String why) {
    assertThatThrownBy(
            () ->
                resolve(
                    "{\"Parameters\":{\"P\":{" + definition + "}},\"Resources\":{}}",
                    value.equals("-") ? Map.of() : Map.of("P", value)))
        .isInstanceOf(UnresolvedException.class)
        .hasMessageContaining("Parameters.P")
        .hasMessageContaining(why);
  }

  @Test
  void givenARule_whenItsAssertionDoesNotHold_thenTheStackIsRefused() throws IOException {
    String template =
        """
        {"Parameters":{"P":{"Type":"String","Default":""}},"Resources":{},
         "Rules":{"Chosen":{"RuleCondition":{"Fn::Equals":[{"Ref":"AWS::Region"},"eu-central-1"]},
           "Assertions":[{"Assert":{"Fn::Contains":[["a","b"],{"Ref":"P"}]},"AssertDescription":"choose one"}]}}}
        """;
    assertThat(resolve(template, Map.of("P", "a")).resources()).isEmpty();
    assertThatThrownBy(() -> resolve(template, Map.of()))
        .hasMessageContaining("Rules.Chosen")
        .hasMessageContaining("choose one");
  }

  @Test
  void givenATemplateThatIsNotTranslated_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> resolve("{\"Transform\":\"x\",\"Resources\":{}}", Map.of()))
        .hasMessageContaining("not translated");
    assertThatThrownBy(() -> resolve("[]", Map.of())).hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> resolve("{", Map.of())).isInstanceOf(UnresolvedException.class);
    assertThatThrownBy(
            () ->
                ResolvedStack.resolve(
                    TemplateLibrary.of(folder.resolve("none")), "x", Map.of(), Account.EXAMPLE))
        .hasMessageContaining("translate the templates first");
  }
}
