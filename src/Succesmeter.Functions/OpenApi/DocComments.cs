using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Succesmeter.Functions.OpenApi;

/// <summary>What the code's own comments say: the compiler writes them beside each assembly.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    public DocComments(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "Succesmeter*.xml"))
            foreach (var member in XDocument.Load(file).Descendants("member"))
                members[(string)member.Attribute("name")!] = member;
    }

    public string? Of(Type type) => Words(Find($"T:{NameOf(type)}")?.Element("summary"));

    public string? Of(MethodInfo method)
    {
        var start = $"M:{NameOf(method.DeclaringType!)}.{method.Name}(";
        return Words(members.FirstOrDefault(member => member.Key.StartsWith(start, StringComparison.Ordinal)).Value?.Element("summary"));
    }

    /// <summary>Of a property, or of the parameter of a record that it comes from.</summary>
    public string? Of(Type type, string property) =>
        Words(Find($"P:{NameOf(type)}.{property}")?.Element("summary"))
        ?? Words(Find($"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(part => (string?)part.Attribute("name") == property));

    private XElement? Find(string name) => members.GetValueOrDefault(name);

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Words(XElement? element)
    {
        if (element is null)
            return null;

        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement reference => ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name"))?.Split('.', ':')[^1] ?? reference.Value,
                _ => "",
            });
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
