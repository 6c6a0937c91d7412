using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Creates the option for the vector field of Elasticsearch or OpenSearch.</summary>
internal static class FieldOption
{
    public static Option<string> Create(string description) => new Option<string>("--field")
    {
        Description = description,
        DefaultValueFactory = _ => "vector",
    }.Require(field => field is not (null or "" or "contents"), "a name other than contents, which is the text field");
}
