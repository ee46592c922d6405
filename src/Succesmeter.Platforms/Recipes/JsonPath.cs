using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Succesmeter.Platforms.Recipes;

/// <summary>Where in a JSON value something lies: <c>props.project.amounts[0].value</c>, <c>items[*].id</c>, <c>..pledged</c>, <c>['a name']</c>; <c>$</c> is the value itself.</summary>
internal sealed class JsonPath
{
    /// <summary>What one path may find, and how much it may look at.</summary>
    private const int MostFound = 10_000, MostVisited = 200_000;

    private readonly List<Step> path;

    private JsonPath(List<Step> path) => this.path = path;

    /// <returns>Null for what is no path.</returns>
    public static JsonPath? TryParse(string text)
    {
        var steps = new List<Step>();
        var i = text.StartsWith('$') ? 1 : 0;
        var expectsName = false;
        while (i < text.Length)
        {
            if (text[i] == '[')
            {
                var end = text.IndexOf(']', i);
                if (end < 0 || expectsName)
                    return null;

                var inside = text[(i + 1)..end];
                if (inside == "*")
                    steps.Add(new Step(StepKind.Each, "", 0));
                else if (inside.Length > 2 && inside[0] is '\'' or '"' && inside[^1] == inside[0])
                    steps.Add(new Step(StepKind.Name, inside[1..^1], 0));
                else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    steps.Add(new Step(StepKind.Index, "", index));
                else
                    return null;
                i = end + 1;
                continue;
            }

            var isDeep = text.AsSpan(i).StartsWith("..");
            if (isDeep)
                i += 2;
            else if (text[i] == '.')
                i++;
            else if (steps.Count > 0 || i > 0)
                return null;

            var name = new StringBuilder();
            while (i < text.Length && text[i] is not ('.' or '['))
                name.Append(text[i++]);
            if (name.Length == 0)
                return null;
            steps.Add(name is { Length: 1 } && name[0] == '*' ? new Step(StepKind.Each, "", 0) : new Step(isDeep ? StepKind.Deep : StepKind.Name, name.ToString(), 0));
        }

        return steps.Count > 0 || text == "$" ? new JsonPath(steps) : null;
    }

    /// <summary>In the order of the document; cut off at a bound.</summary>
    public List<JsonElement> Find(JsonElement root)
    {
        var visited = 0;
        List<JsonElement> current = [root];
        foreach (var step in path)
        {
            var next = new List<JsonElement>();
            foreach (var element in current)
            {
                Follow(step, element, next, ref visited);
                if (next.Count >= MostFound || visited >= MostVisited)
                    break;
            }

            current = next;
        }

        return current;
    }

    private static void Follow(Step step, JsonElement element, List<JsonElement> next, ref int visited)
    {
        visited++;
        switch (step.Kind)
        {
            case StepKind.Name when element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step.Name, out var value):
                next.Add(value);
                break;
            case StepKind.Index when element.ValueKind == JsonValueKind.Array && step.Index < element.GetArrayLength():
                next.Add(element[step.Index]);
                break;
            case StepKind.Each when element.ValueKind == JsonValueKind.Array:
                next.AddRange(element.EnumerateArray().Take(MostFound));
                break;
            case StepKind.Each when element.ValueKind == JsonValueKind.Object:
                next.AddRange(element.EnumerateObject().Take(MostFound).Select(static property => property.Value));
                break;
            case StepKind.Deep:
                Deep(step.Name, element, next, ref visited);
                break;
            default:
                break;
        }
    }

    private static void Deep(string name, JsonElement root, List<JsonElement> next, ref int visited)
    {
        var open = new Stack<JsonElement>();
        open.Push(root);
        while (open.Count > 0 && visited++ < MostVisited && next.Count < MostFound)
        {
            var element = open.Pop();
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value))
                next.Add(value);

            var children = element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().Take(MostFound).Select(static property => property.Value),
                JsonValueKind.Array => element.EnumerateArray().Take(MostFound),
                _ => [],
            };
            foreach (var child in children.Where(static child => child.ValueKind is JsonValueKind.Object or JsonValueKind.Array).Reverse())
                open.Push(child);
        }
    }

    private enum StepKind
    {
        Name,
        Index,
        Each,
        Deep,
    }

    private readonly record struct Step(StepKind Kind, string Name, int Index);
}
