using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Networks;

namespace Succesmeter.Storage;

/// <summary>What container <c>graph</c> holds beside edges.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptNetwork))]
[JsonSerializable(typeof(PlatformNetwork))]
internal sealed partial class NetworkJson : JsonSerializerContext;
