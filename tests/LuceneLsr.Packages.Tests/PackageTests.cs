using System.IO.Compression;
using System.Xml.Linq;

namespace LuceneLsr.Packages.Tests;

/// <summary>What <c>dotnet pack</c> makes, and an application that uses it.</summary>
public sealed class PackageTests(PackedLibraries packages) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Libraries => [.. PackedLibraries.Names];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Package_has_readme_icon_licence_and_symbols(string library)
    {
        using var package = ZipFile.OpenRead(packages.GetFile(library, ".nupkg"));
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Superset(new HashSet<string>(["README.md", "icon.png", "LICENSE", "NOTICE"]), names.ToHashSet());
        Assert.Contains($"lib/net10.0/{library}.dll", names);
        Assert.Contains($"lib/net10.0/{library}.xml", names);
        using var specification = package.GetEntry($"{library}.nuspec")!.Open();
        var metadata = XDocument.Load(specification).Root!.Elements().First();
        string Get(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal(("Apache-2.0", "README.md", "icon.png"), (Get("license"), Get("readme"), Get("icon")));
        Assert.NotEmpty(Get("description"));
        using var symbols = ZipFile.OpenRead(packages.GetFile(library, ".snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{library}.pdb");
    }

    // In a folder outside the checkout. Packages of others come from the cache of this machine.
    [Fact]
    public void Application_restores_packages_from_folder_and_searches()
    {
        using var folder = new TestSupport.TemporaryFolder();
        folder.Write("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(folder.Path, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{FindPackageCache()}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LuceneLsr" Version="0.1.0-beta" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("Program.cs", """
            using Lucene.Net.Documents;
            using Lucene.Net.Index;
            using Lucene.Net.Store;
            using Lucene.Net.Util;
            using LuceneLsr;
            using LuceneLsr.Analysis;
            using LuceneLsr.Codecs.Impact;
            using LuceneLsr.Indexing;
            using LuceneLsr.QueryParsing;
            using LuceneLsr.Search;

            using var directory = new RAMDirectory();
            using var analyzer = new LsrAnalyzer(new Words(), new ImpactScale(10));
            var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Codec = new ImpactCodec("body") };
            using var writer = new ImpactIndexWriter(directory, config, "body");
            writer.AddDocument([new TextField("body", "cut scenes out of a movie", Field.Store.YES)]);
            using var reader = writer.GetReader(applyAllDeletes: true);
            var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("movie scenes");
            var hit = new ImpactSearcher(reader).Search(query, 10).ScoreDocs.Single();
            Console.WriteLine($"{reader.Document(hit.Doc).Get("body")}: {hit.Score}");

            sealed class Words : ISparseEncoder
            {
                public string VocabularyId => "words";

                public IReadOnlyList<SparseVector> Encode(
                    IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
                    [.. texts.Select(text => new SparseVector(text.Split(' ').Select(word => new TermWeight(word, 1))))];

                public void Dispose()
                {
                }
            }
            """);
        Assert.Equal(
            "cut scenes out of a movie: 200", DotNet.Run(folder.Path, "run", "-c", "Release").Trim());
    }

    private static string FindPackageCache() =>
        DotNet.Run(Path.GetTempPath(), "nuget", "locals", "global-packages", "--list").Split(": ")[^1].Trim();
}
