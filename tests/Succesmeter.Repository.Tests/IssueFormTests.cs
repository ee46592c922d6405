using YamlDotNet.Serialization;

namespace Succesmeter.Repository.Tests;

/// <summary>A form that is wrong is left out by GitHub without a word.</summary>
public sealed class IssueFormTests
{
    private static readonly string[] Kinds = ["markdown", "input", "textarea", "dropdown", "checkboxes"];

    public static TheoryData<string> Paths => [.. Checkout.Files.Keys.Where(static path => path.StartsWith(".github/ISSUE_TEMPLATE/", StringComparison.Ordinal) && Path.GetFileName(path) != "config.yml")];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_form_is_one(string path)
    {
        var form = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Form>(Checkout.Read(path));

        Assert.NotEqual("", form.Name);
        Assert.NotEqual("", form.Description);
        Assert.Contains(form.Body, static part => part.Type != "markdown");
        Assert.All(form.Body, static part => Assert.Contains(part.Type, Kinds));
        Assert.All(form.Body.Where(static part => part.Type == "markdown"), static part => Assert.NotEqual("", part.Attributes.Value));
        var asked = form.Body.Where(static part => part.Type != "markdown").ToList();
        Assert.All(asked, static part => Assert.NotEqual("", part.Attributes.Label));
        Assert.All(asked, static part => Assert.Matches("^[A-Za-z0-9_-]+$", part.Id));
        Assert.Equal(asked.Count, asked.DistinctBy(static part => part.Id).Count());
        Assert.Equal(asked.Count, asked.DistinctBy(static part => part.Attributes.Label).Count());
        Assert.All(asked.Where(static part => part.Type == "dropdown"), static part => Assert.NotEmpty(part.Attributes.Options));
    }

    /// <summary>Of a form what is looked at here.</summary>
    private sealed class Form
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; } = "";

        [YamlMember(Alias = "description")]
        public string Description { get; set; } = "";

        [YamlMember(Alias = "body")]
        public List<Part> Body { get; set; } = [];
    }

    /// <summary>One thing that is said or asked.</summary>
    private sealed class Part
    {
        [YamlMember(Alias = "type")]
        public string Type { get; set; } = "";

        [YamlMember(Alias = "id")]
        public string Id { get; set; } = "";

        [YamlMember(Alias = "attributes")]
        public Attributes Attributes { get; set; } = new();
    }

    /// <summary>What a part says, and what can be chosen.</summary>
    private sealed class Attributes
    {
        [YamlMember(Alias = "label")]
        public string Label { get; set; } = "";

        [YamlMember(Alias = "value")]
        public string Value { get; set; } = "";

        [YamlMember(Alias = "options")]
        public List<object> Options { get; set; } = [];
    }
}
