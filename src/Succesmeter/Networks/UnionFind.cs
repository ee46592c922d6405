namespace Succesmeter.Networks;

/// <summary>Which vertices hang together while edges are added; knows the largest part at any time.</summary>
internal sealed class UnionFind
{
    private readonly int[] parent;

    public UnionFind(int vertices)
    {
        parent = new int[vertices];
        Array.Fill(parent, -1);
    }

    /// <summary>Vertices of the largest part; 1 for single vertices.</summary>
    public int Largest { get; private set; } = 1;

    public void Join(int one, int other)
    {
        (one, other) = (Root(one), Root(other));
        if (one == other)
            return;

        // A root holds minus the size of its part; the smaller part goes below the larger.
        if (parent[one] > parent[other])
            (one, other) = (other, one);
        parent[one] += parent[other];
        parent[other] = one;
        Largest = Math.Max(Largest, -parent[one]);
    }

    public int SizeOf(int vertex) => -parent[Root(vertex)];

    public int Root(int vertex)
    {
        while (parent[vertex] >= 0)
        {
            if (parent[parent[vertex]] >= 0)
                parent[vertex] = parent[parent[vertex]];
            vertex = parent[vertex];
        }

        return vertex;
    }
}
