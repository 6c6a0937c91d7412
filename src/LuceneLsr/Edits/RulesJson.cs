using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Edits;

/// <summary>Reads and writes rules as JSON.</summary>
internal static class RulesJson
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is for people, and never part of a web page
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Parses a file.</summary>
    /// <param name="json">The contents in UTF-8.</param>
    /// <param name="source">The name of the file, for errors.</param>
    /// <exception cref="InvalidDataException">The contents are not valid.</exception>
    public static (string IdField, IReadOnlyList<RelevanceRule> Rules) Parse(ReadOnlySpan<byte> json, string source)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        var file = Deserialize(json, source);
        Require.Data(file.Version == Version, $"{source}: {DescribeVersion(file.Version)}");
        Require.Data(file.IdField is not "", $"{source}: field 'id_field' is empty. Name the field of document ids");
        Require.Data(file.Rules.All(rule => rule is not null), $"{source}: a rule is null. Remove it");
        var rules = new RuleCollector();
        foreach (var (index, fields) in file.Rules.Index())
        {
            try
            {
                rules.Add(fields.ToRule());
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException(
                    $"{source}, line {FindLine(json, index)}: {exception.Message}", exception);
            }
        }

        return (file.IdField ?? "id", rules.Rules);
    }

    /// <summary>Formats a set.</summary>
    public static string Format(RelevanceRules rules) => JsonSerializer.Serialize(
        new RulesFile(Version, [.. rules.Rules.Select(RuleFields.Of)]) { IdField = rules.IdField }, Json) + "\n";

    private static RulesFile Deserialize(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<RulesFile>(json, Json) ?? throw new InvalidDataException(
                $"{source}: expected an object with the fields 'version' and 'rules', found null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{source}{Describe(json, exception)}", exception);
        }
    }

    private static string Describe(ReadOnlySpan<byte> json, JsonException exception)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException syntax)
        {
            return $": {JsonErrors.DescribeSyntax(syntax)}";
        }

        // Another version may have other fields.
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out var field)
            && field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var version) && version != Version)
        {
            return $": {DescribeVersion(version)}.";
        }

        var rule = FindRule(root, exception.Path) is { } id ? $" rule '{id}':" : "";
        var problem = JsonErrors.Describe(exception, root, typeof(RulesFile), Json);
        return $", line {exception.LineNumber + 1}:{rule} {problem}";
    }

    private static string DescribeVersion(int version) =>
        $"version {version} is not supported, only {Version}. Update LuceneLsr";

    private static string? FindRule(JsonElement root, string? path)
    {
        const string Prefix = "$.rules[";
        return path?.StartsWith(Prefix, StringComparison.Ordinal) == true
            && int.TryParse(path[Prefix.Length..].Split(']')[0], out var index)
            && root.GetProperty("rules")[index] is { ValueKind: JsonValueKind.Object } rule
            && rule.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
    }

    // The line on which a rule starts, counted from 1.
    private static int FindLine(ReadOnlySpan<byte> json, int rule)
    {
        const int DepthOfRules = 2; // in an array of the root object
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == DepthOfRules && rule-- == 0)
            {
                break;
            }
        }

        return json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
    }

    private sealed record RulesFile(int Version, [property: JsonPropertyOrder(1)] IReadOnlyList<RuleFields> Rules)
    {
        public string? IdField { get; init; }
    }

    // In the order in which the file has them. "query" and "document" tell the kinds apart.
    private sealed record RuleFields(string Id)
    {
        public string? Query { get; init; }

        public IReadOnlyList<string>? QueryTerms { get; init; }

        public string? Document { get; init; }

        public string? Word { get; init; }

        public string? Term { get; init; }

        public float? Factor { get; init; }

        public int? Impact { get; init; }

        public string? Field { get; init; }

        public bool? Enabled { get; init; }

        public string? Note { get; init; }

        public string? Author { get; init; }

        public DateOnly? Date { get; init; }

        public static RuleFields Of(RelevanceRule rule) => new(rule.Id)
        {
            Query = (rule as QueryRule)?.QueryText,
            QueryTerms = (rule as QueryRule)?.QueryTerms,
            Document = (rule as DocumentRule)?.DocumentId,
            Word = rule.Word,
            Term = rule.Term,
            Factor = (rule as QueryRule)?.Factor,
            Impact = (rule as QueryRule)?.Impact ?? (rule as DocumentRule)?.Impact,
            Field = rule.Field,
            Enabled = rule.IsEnabled ? null : false,
            Note = rule.Note,
            Author = rule.Author,
            Date = rule.Date,
        };

        /// <exception cref="ArgumentException">A field is missing or not valid.</exception>
        public RelevanceRule ToRule()
        {
            Require.Argument(
                QueryTerms is null != Document is null, $"Rule '{Id}': it needs either 'query_terms' or 'document'");
            Require.Argument(Term is not null, $"Rule '{Id}': it needs a 'term'");
            RelevanceRule rule = Document is null ? ToQueryRule(QueryTerms!, Term) : ToDocumentRule(Document, Term);
            return rule with
            {
                Word = Word,
                Field = Field,
                IsEnabled = Enabled ?? true,
                Note = Note,
                Author = Author,
                Date = Date,
            };
        }

        private QueryRule ToQueryRule(IReadOnlyList<string> queryTerms, string term) => new()
        {
            Id = Id,
            QueryTerms = queryTerms,
            QueryText = Query,
            Term = term,
            Factor = Factor,
            Impact = Impact,
        };

        private DocumentRule ToDocumentRule(string document, string term)
        {
            Require.Argument(Query is null, $"Rule '{Id}': a rule on a document has no 'query'");
            Require.Argument(Factor is null, $"Rule '{Id}': a rule on a document has no 'factor'");
            Require.Argument(Impact is not null, $"Rule '{Id}': it needs an 'impact'");
            return new() { Id = Id, DocumentId = document, Term = term, Impact = Impact.Value };
        }
    }
}
