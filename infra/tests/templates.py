"""The translated templates, as rules look at them."""

import copy
import json
from dataclasses import dataclass

import translation

ROOT = "template"
STACKS = [ROOT, "network", "data", "functions", "api", "observability"]


@dataclass(frozen=True)
class Resource:
    """A resource of a translated template. Changing its members changes the template."""

    stack: str
    name: str
    members: dict

    @property
    def type(self):
        return self.members["Type"]

    @property
    def properties(self):
        return self.members.setdefault("Properties", {})

    def __str__(self):
        return f"{self.stack}/{self.name}"


class Templates:
    """All templates of the stack, translated, and as they are written."""

    def __init__(self, by_stack, sources):
        self.by_stack = by_stack
        self.sources = sources

    @staticmethod
    def read():
        return Templates(
            {translation.target(path).stem: template for path, template in translation.all_translated().items()},
            {translation.target(path).stem: translation.source(path) for path in translation.SOURCES},
        )

    def copy(self):
        return copy.deepcopy(self)

    def resources(self, *types, stack=None):
        """The resources of those types, of any type if none is named."""
        return [
            Resource(name, logical, members)
            for name, template in self.by_stack.items()
            if stack in (None, name)
            for logical, members in template["Resources"].items()
            if not types or members["Type"] in types
        ]

    def resource(self, stack, name):
        return Resource(stack, name, self.by_stack[stack]["Resources"][name])

    def parameters(self, stack=ROOT):
        return self.by_stack[stack].get("Parameters", {})

    def functions(self):
        return self.resources("AWS::Lambda::Function")

    def function(self, name):
        return next(function for function in self.functions() if short_name(function) == name)

    def role(self, function):
        return self.resource(function.stack, function.properties["Role"]["Fn::GetAtt"][0])

    def api(self):
        return self.resources("AWS::ApiGateway::RestApi")[0]

    def operations(self):
        """Path, method and operation of everything that the API answers."""
        for path, methods in self.api().properties["Body"]["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation


def short_name(resource):
    """What follows the stack's name in a physical name: ``router``."""
    properties = resource.properties
    for member in ("FunctionName", "TableName", "QueueName"):
        if member in properties:
            return properties[member]["Fn::Sub"].removeprefix("${Name}-")
    raise KeyError(f"{resource} has no name of its own")


def statements(policy):
    found = policy["Statement"]
    return found if isinstance(found, list) else [found]


def listed(value):
    return value if isinstance(value, list) else [value]


def text(value):
    """A value with its intrinsic functions, as one comparable text."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def strings(value):
    """Every string in a value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


class Evaluation:
    """Evaluates a template's conditions for the values of its parameters."""

    def __init__(self, template, values):
        self.conditions = template.get("Conditions", {})
        self.values = {name: parameter.get("Default", "") for name, parameter in template.get("Parameters", {}).items()}
        self.values.update(values)

    def created(self, resource):
        condition = resource.members.get("Condition")
        return condition is None or self.holds({"Condition": condition})

    def holds(self, condition):
        (function, argument), = condition.items()
        match function:
            case "Condition":
                return self.holds(self.conditions[argument])
            case "Fn::Not":
                return not self.holds(argument[0])
            case "Fn::And":
                return all(self.holds(one) for one in argument)
            case "Fn::Or":
                return any(self.holds(one) for one in argument)
            case "Fn::Equals":
                return str(self.value(argument[0])) == str(self.value(argument[1]))
        raise ValueError(f"{function} is no condition")

    def value(self, value):
        if not isinstance(value, dict):
            return value
        (function, argument), = value.items()
        match function:
            case "Ref":
                return self.values[argument]
            case "Fn::Select":
                return self.value(argument[1])[int(argument[0])]
            case "Fn::Split":
                return self.value(argument[1]).split(argument[0])
            case "Fn::Join":
                return argument[0].join(self.value(argument[1]))
            case "Fn::Sub":
                for name, known in self.values.items():
                    argument = argument.replace("${" + name + "}", str(known))
                return argument
            case "Fn::If":
                return self.value(argument[1] if self.holds({"Condition": argument[0]}) else argument[2])
        raise ValueError(f"{function} in a condition")

    def resolved(self, value):
        """A value as CloudFormation would write it, pseudo parameters left as they are; what is AWS::NoValue is left out."""
        if isinstance(value, list):
            members = [self.resolved(member) for member in value]
            return [member for member in members if member is not None]
        if not isinstance(value, dict):
            return value
        if value == {"Ref": "AWS::NoValue"}:
            return None
        if len(value) == 1 and "Fn::If" in value:
            name, yes, no = value["Fn::If"]
            return self.resolved(yes if self.holds({"Condition": name}) else no)
        if len(value) == 1 and next(iter(value)) in ("Ref", "Fn::Sub", "Fn::Split"):
            return self.value(value)
        return {name: self.resolved(member) for name, member in value.items()}
