using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Recipes;

/// <summary>Finds campaigns in sitemaps, lists and feeds. How deep a page lies is told by its kind (<c>find-0-3</c>), so that a site which points at itself ends.</summary>
internal sealed class RecipeDiscovery(Recipe recipe)
{
    /// <summary>What the sitemaps protocol allows one file.</summary>
    private const int MostExpandedBytes = 50 << 20, MostAddresses = 50_000;

    private const int MostSitemaps = 1_000, MostComplaints = 20;

    public static PageRequest Entrance(RecipeEntrance entrance, int index) => new(entrance.Address, FormattableString.Invariant($"find-{index}"));

    public Discovery Discover(FetchedPage page)
    {
        if (!TryKind(page.Request.Kind, out var index, out var number) || index >= recipe.Entrances.Count)
            return new Discovery([], [], [$"kind must be one of the recipe's entrances, not '{page.Request.Kind}'"]);

        var entrance = recipe.Entrances[index];
        return entrance.Kind == EntranceKind.List ? OfList(page, entrance, index, number) : OfXml(page, entrance, index, number);
    }

    /// <summary>The campaign that an address belongs to.</summary>
    /// <returns>Null for an address that is no campaign's; then the rule says why, where it looked like one.</returns>
    public FoundCampaign? CampaignAt(Uri address, out string? rule)
    {
        rule = null;
        var plain = new UriBuilder(address) { Fragment = "" }.Uri;
        var match = recipe.CampaignAddress.Match(plain.AbsoluteUri);
        if (plain.Scheme is not ("http" or "https") || !recipe.Hosts.Contains(plain.Host) || plain.UserInfo.Length > 0 || !match.Success)
            return null;

        var native = Uri.UnescapeDataString(match.Groups["id"].Value);
        if (NativeId.ToId(native.ToLowerInvariant()) is not { } id)
        {
            rule = $"campaign {IdRule.Text}: '{ShownText.Clean(native, 100)}'";
            return null;
        }

        if (recipe.Visit is null)
            return new FoundCampaign(new CampaignId(recipe.Platform, id), plain, native);
        return AddressText.TryParse(recipe.Visit.Replace("{id}", Uri.EscapeDataString(native), StringComparison.Ordinal), out var visit)
            ? new FoundCampaign(new CampaignId(recipe.Platform, id), visit, native)
            : null;
    }

    /// <summary>An address of the platform's own hosts, or null.</summary>
    public Uri? Own(Uri page, string written) =>
        written.Length is > 0 and <= 2048 && AddressText.TryParse(page, written, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && recipe.Hosts.Contains(address.Host) && address.AbsoluteUri.Length <= 2048
            ? address
            : null;

    private Discovery OfList(FetchedPage page, RecipeEntrance entrance, int index, int number)
    {
        if (PageContent.TryOpen(page, out var rule) is not { } content)
            return new Discovery([], [], [$"{page.Request.Kind} {rule}"]);

        var reading = new FieldReading(recipe, content, page.FetchedAt);
        var gathered = new Gathered(this);
        foreach (var link in reading.Links(entrance.Links!, MostAddresses))
            gathered.Add(page.FinalAddress, link);
        if (gathered.Found.Count == 0 && number == 1)
            gathered.Complain($"{page.Request.Kind} must show links to campaigns ({entrance.Links!.Text})");

        var more = new List<PageRequest>();
        var next = entrance.NextAddress is not null ? entrance.NextAddress.Replace("{page}", (number + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            : entrance.Next is not null ? reading.Links(entrance.Next, 1).FirstOrDefault() : null;

        // A page without campaigns is behind the last one, whatever it links to.
        if (next is not null && gathered.Found.Count > 0 && Own(page.FinalAddress, next) is { } address)
        {
            if (number >= entrance.MaxPages)
                gathered.Complain($"{page.Request.Kind} must not have more than {entrance.MaxPages} pages; the rest was left out");
            else if (address == page.Request.Address || address == page.FinalAddress || address == entrance.Address)
                gathered.Complain($"{page.Request.Kind} must not lead back to a page before it");
            else
                more.Add(new PageRequest(address, FormattableString.Invariant($"find-{index}-{number + 1}")));
        }

        return gathered.With(more);
    }

    private Discovery OfXml(FetchedPage page, RecipeEntrance entrance, int index, int number)
    {
        var gathered = new Gathered(this);
        var more = new List<PageRequest>();
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(Expand(page.Body), writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                MaxCharactersInDocument = MostExpandedBytes,
            });
            if (entrance.Kind == EntranceKind.Sitemap)
                ReadSitemap(xml, page, index, number, gathered, more);
            else
                ReadFeed(xml, page, gathered);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or ArgumentException or InvalidOperationException)
        {
            gathered.Complain($"{page.Request.Kind} must be whole XML without a DTD ({ShownText.Clean(e.Message, 200)})");
        }

        if (gathered.Found.Count == 0 && more.Count == 0)
            gathered.Complain($"{page.Request.Kind} must show addresses of campaigns; of {gathered.Seen} addresses none is one");
        return gathered.With(more);
    }

    private void ReadSitemap(XmlReader xml, FetchedPage page, int index, int number, Gathered gathered, List<PageRequest> more)
    {
        var isIndex = false;
        var seen = new HashSet<Uri>();
        xml.MoveToContent();
        isIndex = xml.LocalName == "sitemapindex";
        if (!isIndex && xml.LocalName != "urlset")
        {
            gathered.Complain($"{page.Request.Kind} must be a urlset or a sitemapindex, not {ShownText.Clean(xml.LocalName, 50)}");
            return;
        }

        if (isIndex && number > 1)
        {
            // The protocol knows no index of indexes, so a loop ends here.
            gathered.Complain($"{page.Request.Kind} must not be an index inside an index");
            return;
        }

        while (xml.Read() && gathered.Seen < MostAddresses)
        {
            // Images and videos have a loc of their own namespace.
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "loc", Prefix: "" })
                continue;

            var written = xml.ReadElementContentAsString().Trim();
            if (!isIndex)
                gathered.Add(page.FinalAddress, written);
            else if (more.Count >= MostSitemaps)
                gathered.Complain($"{page.Request.Kind} must not name more than {MostSitemaps} sitemaps; the rest was left out");
            else if (Own(page.FinalAddress, written) is { } address && address != page.Request.Address && seen.Add(address))
                more.Add(new PageRequest(address, FormattableString.Invariant($"find-{index}-2")));
        }
    }

    private static void ReadFeed(XmlReader xml, FetchedPage page, Gathered gathered)
    {
        var inItem = false;
        while (xml.Read() && gathered.Seen < MostAddresses)
        {
            if (xml.LocalName is "item" or "entry")
                inItem = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (!inItem || xml is not { NodeType: XmlNodeType.Element, LocalName: "link" })
                continue;

            // Atom keeps the address in an attribute, RSS in the text.
            if (xml.GetAttribute("href") is { } href)
            {
                if (xml.GetAttribute("rel") is null or "alternate")
                    gathered.Add(page.FinalAddress, href);
            }
            else if (!xml.IsEmptyElement)
            {
                using var inside = xml.ReadSubtree();
                inside.Read();
                gathered.Add(page.FinalAddress, inside.ReadElementContentAsString().Trim());
            }
        }
    }

    private static byte[] Expand(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MostExpandedBytes)
            throw new InvalidDataException("it is too large");
        if (body.Length < 2 || body.Span[0] != 0x1F || body.Span[1] != 0x8B)
            return body.ToArray();

        using var gzip = new GZipStream(new MemoryStream(body.ToArray(), writable: false), CompressionMode.Decompress);
        using var expanded = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            if (expanded.Length + read > MostExpandedBytes)
                throw new InvalidDataException("gzip must not expand beyond 50 MiB");
            expanded.Write(buffer, 0, read);
        }

        return expanded.ToArray();
    }

    private static bool TryKind(string kind, out int index, out int number)
    {
        (index, number) = (0, 1);
        var parts = kind.Split('-');
        return parts is ["find", _] or ["find", _, _]
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && (parts.Length == 2 || int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out number));
    }

    private sealed class Gathered(RecipeDiscovery discovery)
    {
        private readonly HashSet<string> ids = new(StringComparer.Ordinal);
        private readonly List<string> complaints = [];

        public List<FoundCampaign> Found { get; } = [];

        public int Seen { get; private set; }

        public void Add(Uri page, string written)
        {
            Seen++;
            if (discovery.Own(page, written) is not { } address)
                return;

            string? rule;
            try
            {
                if (discovery.CampaignAt(address, out rule) is { } found && ids.Add(found.Campaign.Name))
                    Found.Add(found);
            }
            catch (RegexMatchTimeoutException)
            {
                rule = "campaign.address must be matched within a second";
            }

            if (rule is not null)
                Complain(rule);
        }

        public void Complain(string complaint)
        {
            if (complaints.Count < MostComplaints && !complaints.Contains(complaint))
                complaints.Add(complaint);
        }

        public Discovery With(List<PageRequest> more) => new(Found, more, complaints);
    }
}
